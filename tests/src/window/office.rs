//! The administration, as somebody works in it.

use anyhow::Result;
use thirtyfour::By;

use super::Window;
use crate::person::Person;

impl Window {
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

    /// Chooses a file with this text where the page asks for one.
    pub async fn choose_file(&self, name: &str, text: &str) -> Result<()> {
        let path = self.home.data().join(name);
        std::fs::write(&path, text)?;
        self.await_there("input[type='file']").await?;
        let input = self.driver.page.find(By::Css("input[type='file']")).await?;
        Ok(input.send_keys(path.display().to_string()).await?)
    }
}
