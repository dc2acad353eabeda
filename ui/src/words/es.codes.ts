// Spanish for every code that Rust may answer with.
import type { codes as english } from './en.codes';

const NO_CODE = 'No enviamos ningún código';
const WAIT = 'Espere un rato e inténtelo de nuevo. Si sigue pasando, muestre esta referencia a su supervisor.';
const MINUTE = 'Inténtelo de nuevo en un minuto. Si sigue pasando, muestre esta referencia a su supervisor.';
const ADMIN = 'Muestre esta referencia a su supervisor. Un administrador tiene que arreglarlo.';
const START_OVER = 'Vuelva e inicie sesión otra vez para recibir un código nuevo.';
const TELL = 'Avise a su supervisor: un administrador tiene que arreglarlo.';
const OTHER_WAY = 'Si abajo se ofrece la otra forma, pruébela.';

export const codes: typeof english = {
  errors: {
    not_now: '',
    not_allowed: 'Esto no corresponde a su función. Pídaselo a un administrador.',
    step_up_needed: 'Demuestre antes que es usted: contraseña, comprobación de la SIM y código.',
    proof_too_soon: 'Hace poco se envió un código, así que todavía no puede enviarse otro.',
    outdated: 'Otra persona lo ha cambiado entretanto. Mire lo que dice ahora y vuelva a cambiarlo.',
    bad_request: 'SIMgate no pudo leer lo enviado. Revise lo que escribió e inténtelo de nuevo.',
    sign_in_refused: 'El nombre o la contraseña no son correctos, o el nombre está bloqueado o desactivado.',
    username_empty: 'Escriba su nombre de usuario.',
    username_too_short: 'Use al menos 3 caracteres.',
    username_too_long: 'Use como máximo 32 caracteres.',
    username_characters: 'Use solo letras, cifras, puntos, guiones y guiones bajos.',
    username_look_alike: 'Use letras de la a a la z, con o sin acentos.',
    username_taken: 'Alguien ya tiene este nombre de usuario. Elija otro.',
    password_empty: 'Escriba su contraseña.',
    password_too_short: 'Use al menos 15 caracteres. Varias palabras seguidas funcionan bien.',
    password_too_long: 'Esta contraseña es demasiado larga. Use una más corta.',
    password_wrong: 'Esta no es su contraseña. Revísela y escríbala otra vez: demasiadas incorrectas bloquean su nombre.',
    password_not_new: 'Elija una contraseña que no le hayan dado ni haya usado aquí.',
    password_guessable: 'Es fácil de adivinar. Use palabras que no vayan juntas.',
    phone_empty: 'Escriba su número de móvil.',
    phone_invalid: 'No es un número de teléfono completo. Revise el país y las cifras.',
    phone_not_mobile: 'No es un número de móvil. Use el número de un teléfono móvil.',
    phone_taken: 'Alguien aquí ya tiene este número. Revise las cifras o use otro número.',
    phone_same: 'Este es el número que ya tiene. Escriba el nuevo o déjelo como está.',
    first_admin_stays: 'El primer administrador ya entró una vez, así que la preparación no puede empezar de nuevo. Inicie sesión con su cuenta para terminarla.',
    registration_closed: 'Nadie puede registrarse en este equipo. Pida a su administrador que le añada.',
    file_too_large: 'Este archivo tiene más de 5 MB. Divídalo e importe una parte tras otra.',
    file_not_text: 'Este archivo no es un texto en UTF-8. Guárdelo como CSV (UTF-8) e inténtelo de nuevo.',
    file_columns: 'La primera fila tiene que nombrar estas columnas, una vez cada una y ninguna más: username, phone, channel, role.',
    file_not_written: 'No se pudo escribir el archivo. Revise la carpeta y que ningún archivo tenga ese nombre.',
    canceled: 'Cancelado. No se cambió nada.',
    phone_country_not_allowed: 'Aquí no se pueden usar números de este país. Use otro número de móvil.',
    too_many_registrations: 'Se han intentado demasiados registros en este equipo en la última hora.',
    code_empty: 'Escriba el código.',
    code_malformed: 'Un código tiene seis cifras o más.',
    branch_name_empty: 'Ponga un nombre a la sucursal.',
    branch_name_too_long: 'Use 60 caracteres como máximo.',
    branch_call_too_long: 'Use 120 caracteres como máximo.',
    retention_out_of_bounds: 'Use de 90 a 3650 días.',
    recovery_code_empty: 'Escriba uno de sus códigos de recuperación.',
    recovery_code_malformed: 'Un código de recuperación tiene dieciséis letras y cifras, en cuatro grupos.',
    recovery_code_mistyped: 'Uno de estos signos no es correcto. Compárelo con su kit y escríbalo de nuevo.',
    recovery_code_refused: 'Este código de recuperación no le da acceso. Puede estar ya usado o ser de otra persona.',
    recovery_key_empty: 'Escriba la clave de recuperación de su kit.',
    recovery_key_malformed: 'Una clave de recuperación tiene 56 letras y cifras, en catorce grupos.',
    recovery_key_mistyped: 'Uno de estos signos no es correcto. Compárelo con su kit y escríbalo de nuevo.',
    recovery_key_other: 'Es la clave de recuperación de otro kit. Use el kit que era el más nuevo cuando se hizo la copia.',
    kit_code_other: 'No es ninguno de los códigos que se muestran aquí. Escriba uno de ellos.',
    kit_gone: 'Este kit no se confirmó a tiempo y ya no vale. Haga otro.',
    kit_needed: 'Haga primero un kit de recuperación: su clave abre las copias de seguridad.',
    recovery_under_way: 'Hay una copia o una restauración en curso. Espere a que termine o cancélela.',
    recovery_canceled: 'Se canceló. No quedó nada a medias.',
    backup_path: 'Escriba la ruta completa del archivo, desde el principio.',
    backup_name: 'El nombre de una copia termina en .backup. Dele esa terminación.',
    backup_folder: 'Las copias no van en la carpeta de datos. Elija otra carpeta o deje esto vacío.',
    backup_exists: 'Ya hay un archivo con este nombre. Elija otro: no se sobrescribe nada.',
    backup_no_room: 'No hay espacio para la copia en ese lugar. No quedó nada a medias.',
    backup_unwritable: 'No se puede escribir en ese lugar. Elija otra carpeta.',
    backup_missing: 'Ese archivo no existe.',
    backup_not_ours: 'Este archivo no es una copia de seguridad de SIMgate.',
    backup_cut_short: 'A esta copia le falta el final. Cópiela otra vez o use otra.',
    backup_newer: 'Un SIMgate más nuevo hizo esta copia. Instale antes esa versión.',
    backup_damaged: 'Esta copia se cambió o está dañada. Use otra.',
    backup_unreadable: 'Este archivo no se puede leer. Pruebe otro lugar u otra copia.',
    recovery_key_replaced: 'Un kit más nuevo sustituyó esta clave de recuperación. Use una copia y la clave que se hicieron después. Un administrador con la sesión abierta puede restaurar esta.',
    backup_of_another: 'Esta copia es de otro SIMgate. Un administrador con la sesión abierta puede restaurarla aquí.',
    restore_changed: 'Lo que reemplazaría no es lo que se le mostró. Mírelo de nuevo.',
    restore_no_room: 'No hay espacio en este equipo para la base de datos restaurada. No se cambió nada.',
    database_held: 'Otro programa trabaja con la carpeta de datos. Ciérrelo e inténtelo de nuevo.',
    disk_full: 'El disco de este equipo está lleno, así que no se pudo hacer. Libere espacio e inténtelo de nuevo.',
    unforeseen: 'Algo salió mal que no esperábamos. Inténtelo de nuevo.',
  },

  simChanged: {
    head: NO_CODE,
    why: (ending, days) =>
      `La SIM ${ending ? `del número terminado en *${ending}*` : 'de su número'} se cambió ${days === 1 ? 'en el último día' : `en los últimos ${days} días`}, así que un código podría llegar a otra persona.`,
    next: 'Si la cambió usted, muestre esta referencia a su supervisor. Si no, avise ahora a su supervisor y a su operador móvil.',
  },

  cannotTell: {
    operator_not_supported: {
      head: NO_CODE,
      why: 'No pudimos comprobar la SIM: su operador móvil no participa en las comprobaciones.',
      next: 'Muestre esta referencia a su supervisor. Un número de otro operador puede funcionar.',
    },
    number_not_known: {
      head: NO_CODE,
      why: 'No pudimos comprobar la SIM: el operador móvil no conoce este número.',
      next: 'Muestre esta referencia a su supervisor y pídale que revise el número que registró.',
    },
    no_data: {
      head: NO_CODE,
      why: 'No pudimos comprobar la SIM: el operador móvil no tiene respuesta para este número.',
      next: 'Muestre esta referencia a su supervisor. Un número de otro operador puede funcionar.',
    },
    operator_timeout: {
      head: NO_CODE,
      why: 'No pudimos comprobar la SIM: el operador móvil no respondió.',
      next: MINUTE,
    },
    operator_failed: {
      head: NO_CODE,
      why: 'No pudimos comprobar la SIM: el operador móvil tiene un fallo.',
      next: MINUTE,
    },
    our_credentials: {
      head: NO_CODE,
      why: 'No pudimos comprobar la SIM: SIMgate no tuvo permiso para preguntar.',
      next: ADMIN,
    },
    our_balance: {
      head: NO_CODE,
      why: 'No pudimos comprobar la SIM: no queda saldo para comprobaciones.',
      next: ADMIN,
    },
    rate_limit: {
      head: NO_CODE,
      why: 'No pudimos comprobar la SIM: se pidieron demasiadas comprobaciones hace un momento.',
      next: WAIT,
    },
    network: {
      head: NO_CODE,
      why: 'No pudimos comprobar la SIM: no se pudo llegar al servicio de comprobación.',
      next: 'Compruebe que este equipo tiene conexión e inténtelo de nuevo. Si la tiene, muestre esta referencia a su supervisor.',
    },
    vendor_failed: {
      head: NO_CODE,
      why: 'No pudimos comprobar la SIM: el servicio de comprobación tiene un fallo.',
      next: MINUTE,
    },
    malformed_answer: {
      head: NO_CODE,
      why: 'No pudimos comprobar la SIM: no se pudo leer la respuesta.',
      next: MINUTE,
    },
  },

  notSent: {
    too_soon: {
      head: NO_CODE,
      why: 'El último código se envió hace solo un momento.',
      next: 'Espere un poco e inicie sesión otra vez.',
    },
    sign_in_limit: {
      head: NO_CODE,
      why: 'En este inicio de sesión no se pueden enviar más códigos.',
      next: START_OVER,
    },
    number_limit: {
      head: NO_CODE,
      why: 'Se enviaron demasiados códigos a este número.',
      next: 'Espere antes de iniciar sesión otra vez. Si no los pidió usted, muestre esta referencia a su supervisor.',
    },
    too_many_tries: {
      head: NO_CODE,
      why: 'Se probaron demasiados códigos para este número hace poco.',
      next: 'Espere diez minutos e inicie sesión otra vez. Si no los probó usted, muestre esta referencia a su supervisor.',
    },
    check_too_old: {
      head: NO_CODE,
      why: 'La SIM está en orden, pero el envío tardó tanto que la comprobación ya no cuenta.',
      next: 'Inicie sesión otra vez. Si sigue pasando, muestre esta referencia a su supervisor.',
    },
    budget: {
      head: NO_CODE,
      why: 'Esta sucursal ya gastó lo que puede gastar en un día en códigos y comprobaciones de SIM.',
      next: 'Espere hasta entonces, o muestre esta referencia a su supervisor. Un administrador puede permitir más.',
    },
    country_not_allowed: {
      head: NO_CODE,
      why: 'Aquí no se envían códigos a números de este país.',
      next: ADMIN,
    },
    number_refused: {
      head: NO_CODE,
      why: 'Este número no puede recibir códigos de esta forma.',
      next: 'Muestre esta referencia a su supervisor y pídale que revise el número que registró.',
    },
    blocked: {
      head: NO_CODE,
      why: 'No se envían códigos a números como este.',
      next: ADMIN,
    },
    channel_off: {
      head: NO_CODE,
      why: 'Esta forma de enviar códigos está desactivada.',
      next: ADMIN,
    },
    our_credentials: {
      head: NO_CODE,
      why: 'La SIM está en orden, pero SIMgate no tuvo permiso para enviar un código.',
      next: ADMIN,
    },
    our_account: {
      head: NO_CODE,
      why: 'La SIM está en orden, pero el envío de códigos está desactivado para nosotros en este momento.',
      next: ADMIN,
    },
    rate_limit: {
      head: NO_CODE,
      why: 'La SIM está en orden, pero se pidieron demasiados códigos hace un momento.',
      next: WAIT,
    },
    unreachable: {
      head: NO_CODE,
      why: 'La SIM está en orden, pero no se pudo llegar al servicio de envío. No se envió nada.',
      next: 'Compruebe que este equipo tiene conexión e inicie sesión otra vez. Si la tiene, muestre esta referencia a su supervisor.',
    },
    network: {
      head: 'No sabemos si se envió un código',
      why: 'La SIM está en orden, pero el servicio de envío no respondió a tiempo. Si aún llega un código, no lo use.',
      next: 'Compruebe que este equipo tiene conexión e inicie sesión otra vez para recibir un código nuevo.',
    },
    vendor_failed: {
      head: 'No pudimos enviar un código',
      why: 'La SIM está en orden, pero el servicio de envío tiene un fallo.',
      next: MINUTE,
    },
    malformed_answer: {
      head: 'No sabemos si se envió un código',
      why: 'La SIM está en orden, pero no se pudo leer la respuesta del servicio de envío. Si llega un código, no lo use.',
      next: MINUTE,
    },
  },

  codeRefused: {
    tries_used_up: {
      head: 'Inicio de sesión detenido',
      why: 'Se escribió un código incorrecto cinco veces.',
      next: 'Vuelva e inicie sesión otra vez. Compruebe que el código es el del mensaje más nuevo.',
    },
    locked: {
      head: 'Los códigos están bloqueados',
      why: 'Hubo demasiados códigos incorrectos seguidos, así que los códigos quedan bloqueados un tiempo.',
      next: 'Espere hasta entonces. Si no fue usted, muestre ahora esta referencia a su supervisor.',
    },
    needs_admin: {
      head: 'Los códigos están bloqueados',
      why: 'Hubo demasiados códigos incorrectos para este nombre.',
      next: 'Muestre esta referencia a su supervisor. Solo un administrador puede desbloquearlo.',
    },
    expired: {
      head: 'El código ha caducado',
      why: 'Un código sirve diez minutos, y ya han pasado.',
      next: START_OVER,
    },
    canceled: {
      head: 'El código ya no sirve',
      why: 'Este código se retiró antes de usarse.',
      next: START_OVER,
    },
    deleted: {
      head: 'El código ya no sirve',
      why: 'Este código se borró antes de usarse.',
      next: START_OVER,
    },
    max_attempts_reached: {
      head: 'El código ya no sirve',
      why: 'Este código se probó demasiadas veces.',
      next: START_OVER,
    },
    failed: {
      head: 'El código no llegó',
      why: 'No se pudo hacer llegar el código a su teléfono.',
      next: 'Compruebe que su teléfono está encendido y tiene cobertura, e inicie sesión otra vez.',
    },
    not_found: {
      head: 'El código ya no sirve',
      why: 'Este código ya se usó o es demasiado antiguo.',
      next: START_OVER,
    },
    rate_limit: {
      head: 'No pudimos comprobar el código',
      why: 'Se comprobaron demasiados códigos hace un momento.',
      next: WAIT,
    },
    our_credentials: {
      head: 'No pudimos comprobar el código',
      why: 'SIMgate no tuvo permiso para comprobar códigos.',
      next: ADMIN,
    },
    network: {
      head: 'No pudimos comprobar el código',
      why: 'No se pudo llegar al servicio de comprobación, o no respondió a tiempo. Este código cuenta como usado.',
      next: 'Compruebe que este equipo tiene conexión e inicie sesión otra vez para recibir un código nuevo.',
    },
    vendor_failed: {
      head: 'No pudimos comprobar el código',
      why: 'El servicio de comprobación tiene un fallo.',
      next: MINUTE,
    },
    malformed_answer: {
      head: 'No pudimos comprobar el código',
      why: 'No se pudo leer la respuesta, así que el código no se aceptó.',
      next: MINUTE,
    },
    number_taken: {
      head: 'Este número es de otro nombre',
      why: 'El código es correcto, pero otro nombre ya usa este número aquí.',
      next: 'Inicie sesión con ese nombre o regístrese con otro número. Si ninguno es suyo, muestre esta referencia a su supervisor.',
    },
    account_changed: {
      head: 'Inicio de sesión detenido',
      why: 'Su cuenta cambió mientras iniciaba sesión.',
      next: 'Vuelva e inicie sesión otra vez. Si no funciona, muestre esta referencia a su supervisor.',
    },
  },

  notApproved: {
    head: 'Espere la aprobación',
    why: 'Ya está registrado. Antes de iniciar sesión, un supervisor o un administrador tiene que aprobarle. No se comprobó ninguna SIM ni se envió ningún código.',
    next: 'Pida a su supervisor que le apruebe y después inicie sesión con su contraseña.',
  },

  unforeseenStop: {
    head: 'Inicio de sesión detenido',
    why: 'Algo salió mal que no esperábamos. No se inició ninguna sesión.',
    next: 'Inténtelo de nuevo. Si sigue pasando, muestre esta referencia a su supervisor.',
  },

  sendAgain: {
    too_soon: 'No se envió otra vez: el último código se envió hace solo un momento.',
    sign_in_limit: 'No se envió otra vez: en este inicio de sesión no se pueden enviar más códigos.',
    number_limit: 'No se envió otra vez: se enviaron demasiados códigos a este número.',
    too_many_tries: 'No se envió otra vez: se probaron demasiados códigos para este número. Espere diez minutos y empiece de nuevo.',
    check_too_old: 'No se envió otra vez: tardó tanto que la comprobación de la SIM ya no cuenta.',
    budget: 'No se envió otra vez: esta sucursal ya gastó sus códigos y comprobaciones de SIM de un día.',
    country_not_allowed: 'No se envió otra vez: aquí no se envían códigos a números de este país.',
    number_refused: `No se envió otra vez: este número no puede recibir códigos de esta forma. ${OTHER_WAY}`,
    blocked: `No se envió otra vez: no se envían códigos a números como este. ${TELL}`,
    channel_off: `No se envió otra vez: esta forma de enviar códigos está desactivada. ${OTHER_WAY}`,
    our_credentials: `No se envió otra vez: SIMgate no tuvo permiso para enviar. ${TELL}`,
    our_account: `No se envió otra vez: el envío está desactivado para nosotros en este momento. ${TELL}`,
    rate_limit: 'No se envió otra vez: se pidieron demasiados códigos hace un momento.',
    unreachable: 'No se envió otra vez: no se pudo llegar al servicio de envío.',
    network: 'El servicio de envío no respondió. Un código nuevo puede llegar o no.',
    vendor_failed: 'No se envió otra vez: el servicio de envío tiene un fallo.',
    malformed_answer: 'No se pudo leer la respuesta. Un código nuevo puede llegar o no.',
  },

  ended: {
    idle: 'Se cerró su sesión porque no se tocó nada durante un rato.',
    too_long: 'Se cerró su sesión porque llegó a su duración máxima.',
    account_changed: 'Se cerró su sesión porque su cuenta cambió. Inicie sesión otra vez; si no funciona, pregunte a un administrador.',
    locked: 'Se cerró su sesión porque su nombre quedó bloqueado tras demasiadas contraseñas incorrectas. Espere 30 minutos e inicie sesión otra vez, o pregunte a un administrador.',
  },

  missing: { tru_id: 'Comprobar las SIM', twilio: 'Enviar códigos' },
};
