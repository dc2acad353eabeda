// Spanish for what keeps the whole program from working.
import type { FaultTable } from './en.codes';

const ADMIN = 'Muestre esta referencia a su administrador.';

export const faults: FaultTable = {
  keyring_missing: {
    head: 'No hay llavero en este equipo',
    why: 'Este equipo no tiene un llavero, donde SIMgate guarda lo que necesita para empezar.',
    next: 'Pida a su administrador que prepare el llavero e inténtelo de nuevo. Si no ayuda, cierre SIMgate y ábralo otra vez.',
  },
  keyring_locked: {
    head: 'El llavero está bloqueado',
    why: 'SIMgate guarda lo que necesita en el llavero de este equipo, y está bloqueado.',
    next: 'Desbloquee el llavero con su contraseña de entrada al equipo e inténtelo de nuevo.',
  },
  keyring_silent: {
    head: 'El llavero no responde',
    why: 'El llavero de este equipo no respondió a tiempo. Puede que pida una contraseña en otra ventana.',
    next: 'Busque una ventana que pida una contraseña, respóndala e inténtelo de nuevo.',
  },
  keyring_denied: {
    head: 'El llavero no dio permiso',
    why: 'El llavero de este equipo no dejó entrar a SIMgate.',
    next: 'Dé permiso a SIMgate si se le pregunta e inténtelo de nuevo. Si no se le pregunta, muestre esta referencia a su administrador.',
  },
  keyring_damaged: {
    head: 'Hay que reparar el llavero',
    why: 'Lo que el llavero tiene para SIMgate no es lo que SIMgate guardó.',
    next: `No se cambió nada. ${ADMIN}`,
  },
  database_missing: {
    head: 'Los registros no están',
    why: 'SIMgate ya guardó registros en este equipo, y no están donde estaban.',
    next: `No se empezó nada nuevo en su lugar. ${ADMIN}`,
  },
  database_locked: {
    head: 'Los registros están en uso',
    why: 'Otro programa tiene abiertos los registros de SIMgate.',
    next: 'Cierre cualquier otro SIMgate en este equipo e inténtelo de nuevo.',
  },
  database_newer: {
    head: 'Este SIMgate es demasiado antiguo',
    why: 'Los registros los escribió un SIMgate más nuevo.',
    next: `Pida a su administrador que instale el SIMgate más nuevo. ${ADMIN}`,
  },
  database_older: {
    head: 'Los registros son más antiguos de lo debido',
    why: 'El llavero conoce anotaciones que no están. Puede que se haya repuesto una copia antigua o que se hayan cambiado los registros.',
    next: `No se cambió nada. ${ADMIN}`,
  },
  seal_lost: {
    head: 'Falta el sello de los registros',
    why: 'El llavero no tiene la llave con la que se sellan los registros, y SIMgate no puede saber si alguien los cambió.',
    next: `No se cambió nada. ${ADMIN}`,
  },
  database_damaged: {
    head: 'Los registros están dañados',
    why: 'Los registros de SIMgate en este equipo no se pueden leer, o algo los cambió.',
    next: `No se cambió nada. ${ADMIN}`,
  },
  database_other_key: {
    head: 'Los registros no se abren',
    why: 'Los registros de SIMgate están aquí, pero el llavero no tiene la llave que los abre.',
    next: `Pueden venir de otro equipo o de la cuenta de otra persona. ${ADMIN}`,
  },
  data_folder: {
    head: 'La carpeta no se puede usar',
    why: 'SIMgate no puede leer o escribir la carpeta donde guarda sus registros.',
    next: `El disco puede estar lleno, o la carpeta puede ser de otra persona. ${ADMIN}`,
  },
  vendor_settings: {
    head: 'Los ajustes no encajan',
    why: 'Los ajustes guardados para comprobar las SIM o enviar códigos no tienen la forma correcta.',
    next: 'Pida a su administrador que los guarde otra vez y muéstrele esta referencia.',
  },
  unforeseen: {
    head: 'SIMgate no pudo empezar',
    why: 'Algo salió mal que no esperábamos.',
    next: 'Inténtelo de nuevo. Si sigue pasando, muestre esta referencia a su administrador.',
  },
};
