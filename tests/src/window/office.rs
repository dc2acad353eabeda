//! The administration, as somebody works in it.

use anyhow::{Context as _, Result};
use thirtyfour::By;

use super::Window;
use crate::person::Person;

/// A recovery kit, as it was read from the screen.
pub struct Kit {
    codes: Vec<String>,
    key: String,
}

impl Kit {
    /// The first of its codes.
    pub fn first_code(&self) -> Result<&str> {
        Ok(self.codes.first().context("a kit has codes")?)
    }

    /// The last of its codes.
    pub fn last_code(&self) -> Result<&str> {
        Ok(self.codes.last().context("a kit has codes")?)
    }
}

impl Window {
    /// Waits for a kit, and reads it.
    pub async fn read_the_kit(&self) -> Result<Kit> {
        self.await_attribute("[data-kit]", "data-kit", "shown")
            .await?;
        let script = "return [...document.querySelectorAll('[data-kit] ol .letters')]
            .map(one => one.textContent)";
        let codes = self.evaluate(script).await?;
        Ok(Kit {
            codes: serde_json::from_value(codes)?,
            key: self.text("[data-recovery-key]").await?,
        })
    }

    /// Says which backup is to be restored, though others are found, and with which kit; it is looked at,
    /// and nothing more.
    pub async fn offer_the_backup(&self, path: &str, kit: &Kit) -> Result<()> {
        // Those that were found are listed a moment after one was made.
        self.await_there("select[name='found']").await?;
        self.click("select[name='found'] option:last-child").await?;
        self.type_into("backup-path", path).await?;
        self.type_into("recovery-key", &kit.key).await?;
        self.press("look").await
    }

    /// Opens one of its pages, and waits until what it shows is there.
    pub async fn turn_to(&self, page: &str) -> Result<()> {
        self.press(&format!("page-{page}")).await?;
        self.await_loaded().await
    }

    /// Fills the form of somebody who is added, and does not send it.
    pub async fn fill_new_person(&self, person: &Person) -> Result<()> {
        self.type_into("username", &person.username).await?;
        self.choose_country("GB").await?;
        self.type_into("phone", &person.phone).await?;
        self.choose_channel(person.channel).await?;
        self.await_attribute("[data-preview]", "data-preview", &person.e164())
            .await
    }

    /// Goes through the record, which is open, and waits until it is found sound.
    pub async fn verify_the_record(&self) -> Result<()> {
        self.press("verify").await?;
        self.press("verify-now").await?;
        self.await_attribute("[data-verification]", "data-verification", "good")
            .await
    }

    /// Writes the record, which is open, to a file, and waits for it.
    pub async fn write_the_record_out(&self) -> Result<()> {
        self.press("export").await?;
        self.await_there("[data-export-step]").await?;
        self.press("export").await?;
        self.await_there("[data-path]").await
    }

    /// Makes a backup where they lie, and says where it is.
    pub async fn back_up(&self) -> Result<String> {
        self.press("backup").await?;
        self.await_attribute("[data-backup]", "data-backup", "written")
            .await?;
        let path = self.attribute("[data-path]", "data-path").await?;
        path.context("where the backup is")
    }

    /// Chooses a file with this text where the page asks for one.
    pub async fn choose_file(&self, name: &str, text: &str) -> Result<()> {
        let path = self.home.data().join(name);
        std::fs::write(&path, text)?;
        self.await_there("input[type='file']").await?;
        let input = self.driver.page.find(By::Css("input[type='file']")).await?;
        Ok(input.send_keys(path.display().to_string()).await?)
    }
}
