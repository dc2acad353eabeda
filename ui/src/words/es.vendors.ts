// Spanish for the vendors' settings. Only admins read these: vendors are named here and nowhere else.
import type { vendors as english } from './en.vendors';

export const vendors: typeof english = {
  lead: 'SIMgate pregunta a tru.ID por las SIM, y Twilio Verify envía los códigos. Ambos le dan lo que se pide aquí.',
  keyring: 'Todo se guarda en el llavero de este equipo. Se puede reemplazar, pero nunca leer.',
  names: { tru_id: 'tru.ID', twilio: 'Twilio Verify' },
  what: { tru_id: 'Comprueba las SIM', twilio: 'Envía los códigos' },
  set: (when) => `Guardado el ${when}`,
  setByHand: 'Guardado a mano',
  notSet: 'Aún sin preparar',
  edit: 'Reemplazar',
  setUp: 'Preparar',
  test: 'Probar',
  testing: 'Probando…',
  save: 'Guardar',
  savedNow: 'Guardado. Lo obtenido con los ajustes anteriores se ha descartado.',
  partly: 'Lo que no toque queda como está guardado. Se guarda todo a la vez o nada.',

  damaged: 'Lo que el llavero guarda de él no se puede leer. Al guardar se reemplaza.',
  drop: 'Olvidar lo rellenado',
  channel: 'Enviarlo como',
  trying: 'Probando…',
  begins: (sign) => `Empieza por ${sign}.`,
  beginsEither: (sign, other) => `Empieza por ${sign} o ${other}.`,

  rehearsal: {
    lead: 'Esto es un ensayo: si aquí no se pone nada, responden sus servicios fingidos. Lo que se guarde aquí se usa, aunque sea erróneo, y solo abre esos servicios.',
    fill: 'Rellenar con lo del ensayo',
  },

  fields: {
    client_id: 'Client ID',
    client_secret: 'Client secret',
    sid: 'SID de la cuenta o de una clave API',
    secret: 'Auth token o secreto de la clave API',
    service_sid: 'SID del servicio Verify',
  },

  truId: {
    where: 'En la consola de tru.ID, en su proyecto, o en el archivo tru.json que creó su línea de comandos.',
    host: 'Residencia de los datos',
    hosts: { eu: 'Europa', in: 'India', us: 'Estados Unidos', other: 'Otro servidor' },
    otherHost: 'Servidor',
    otherHostHint: 'Solo se aceptan servidores de tru.ID y de IDlayr, como https://eu.api.idlayr.com.',
    real: 'Comprobar la SIM de mi número',
    realHint: 'Una comprobación real muestra que funcionan. Cuesta una comprobación.',
  },

  twilio: {
    where:
      'En la consola de Twilio: un servicio Verify y una clave API con su secreto. También sirven el SID y el token de la cuenta, pero abren la cuenta entera.',
    real: 'Enviar un código a mi teléfono',
    realHint: 'Un código real muestra que llegan. Cuesta una comprobación de SIM y un mensaje.',
  },

  files: {
    truJson: { label: 'Rellenar desde tru.json', hint: 'El archivo se lee aquí; no se copia ni se guarda.' },
    dotEnv: {
      label: 'Rellenar desde .env',
      hint: 'El archivo del tutorial. Aquí se leen TRU_ID_CLIENT, TRU_ID_SECRET, TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN y VERIFICATION_SID (o VERIFY_SERVICE_SID), contenga lo que contenga; no se copia ni se guarda.',
    },
  },

  tested: {
    heading: 'Resultado de la prueba',
    allPassed: 'Todos los pasos son correctos.',
    failed: 'La prueba no salió bien.',
    notYet: 'Aún sin probar. Pruebe antes de guardar.',
    stale: 'Ha cambiado desde la prueba. Pruebe otra vez.',
    steps: {
      host_reached: 'El servidor responde',
      token_granted: 'Acceso concedido',
      scope_held: 'Permiso para comprobar SIM',
      service_found: 'El servicio Verify existe',
      code_length: 'Los códigos tienen seis cifras o más',
      channels: 'Listo para enviar un código',
    },
    digits: (n) => `Tienen ${n}.`,
    channels: 'Twilio no dice cuáles están activos: envíe un código a su teléfono para verlo.',
    callWantsKey: 'Quien recibe la llamada debe pulsar antes una tecla.',
    problems: {
      network: 'No respondió. Compruebe que este equipo está en línea.',
      not_secure: 'La conexión no era segura: hay algo en medio. Pregunte a quien lleva la red.',
      refused: 'El identificador o el secreto no son correctos, o se retiraron.',
      scope_missing: 'Al proyecto le falta el permiso sim_check. Añádalo en la consola de tru.ID.',
      no_balance: 'No queda saldo.',
      service_missing: 'En esta cuenta ningún servicio Verify tiene este SID.',
      code_too_short: 'El servicio envía códigos de menos de seis cifras. Ponga seis o más en la consola de Twilio.',
      code_length_not_told: 'El servicio no dice qué largo tienen sus códigos.',
      suspended: 'La cuenta está suspendida o cerrada, o su prueba ha terminado.',
      rate_limit: 'Se preguntó demasiadas veces.',
      vendor_failed: 'El servicio tiene un problema propio. Pruebe más tarde.',
      malformed_answer: 'No se pudo leer la respuesta.',
    },
  },

  tried: {
    unchanged: 'La SIM de su número no ha cambiado: las comprobaciones funcionan.',
    changed: 'Las comprobaciones funcionan, y esta dice que la SIM de su propio número cambió hace poco. No se le envía ningún código.',
    cost: (cost) => `Costó ${cost}.`,
    balance: (balance) => `Quedan ${balance}.`,
    tooMany: 'No se preguntó nada: se alcanzaron los límites de SIMgate para su número.',
    sent: {
      sms: (ending) => `Un mensaje va de camino a su número terminado en ${ending}.`,
      voice: (ending) => `Una llamada va de camino a su número terminado en ${ending}.`,
    },
    code: 'El código que llegó',
    check: 'Comprobar el código',
    wrong: 'No es el código.',
    approved: 'Es el código: todo funciona.',
    nothingSent: 'Ya no se espera ningún código. Envíe otro.',
  },

  notDone: {
    untested: 'No se guardó: justo estos ajustes no se han probado. Pruébelos y después guarde.',
    codeTooShort: (digits) =>
      `No se guardó: el servicio envía códigos de ${digits} cifras, y SIMgate no acepta menos de seis. Ponga seis o más en la consola de Twilio.`,
    undone: 'No se guardó: no se pudo anotar en el registro. Todo está como estaba.',
    notUndone:
      'No se pudo anotar en el registro, y tampoco deshacer: el llavero tiene los ajustes nuevos, y SIMgate trabajará con ellos cuando se inicie de nuevo.',
  },

  untestedAsk: '¿Guardar sin una prueba correcta?',
  untestedBody: 'Si estos ajustes no son correctos, nadie podrá iniciar sesión, y usted tampoco.',
  untestedSave: 'Guardar igualmente',
  fieldProblems: {
    missing: 'Falta.',
    too_long: 'Es demasiado largo para ser correcto: como mucho 256 caracteres.',
    host_not_allowed: 'SIMgate solo envía estos ajustes a servidores de tru.ID y de IDlayr, como https://eu.api.tru.id.',
    client_id_form: 'Un client ID no tiene espacios ni dos puntos.',
    client_secret_form: 'Un client secret no tiene espacios.',
    sid_form: 'Es AC o SK y 32 letras de la a a la f y cifras.',
    secret_form: 'Un token o secreto no tiene espacios.',
    service_sid_form: 'Es VA y 32 letras de la a a la f y cifras.',
  },

  filled: (n) => (n === 1 ? '1 campo relleno. Pruébelo y después guarde.' : `${n} campos rellenos. Pruébelos y después guarde.`),
  fileProblems: {
    too_long: () => 'Este archivo es demasiado largo para ser correcto.',
    not_json: () => 'No es un tru.json: no es JSON, o está cortado.',
    something_else: () => 'No es un tru.json: es otra cosa.',
    no_credentials: () => 'Este tru.json no contiene credenciales.',
    client_id: () => 'El client ID de este archivo no puede serlo.',
    client_secret: () => 'El client secret de este archivo no puede serlo.',
    region: () => 'tru.ID no tiene la residencia de datos que nombra este archivo.',
    line: (line) => `No es el .env del tutorial: la línea ${line} no es NOMBRE=valor.`,
    quote: (line) => `En la línea ${line} unas comillas no se cierran.`,
    twice: (_line, name) => `${name} está dos veces en este archivo.`,
    form: (_line, name) => `Lo que hay detrás de ${name} no puede ser lo que dice su nombre.`,
    nothing_found: () => 'No es el .env del tutorial: no contiene ninguno de los ajustes que se piden aquí.',
  },
};
