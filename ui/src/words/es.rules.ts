// Spanish for the rules: sentences with choices in them. What stands in braces is chosen there.
import type { rules as english } from './en.rules';
import { plural } from './plural';

export const rules: typeof english = {
  lead: 'Cada frase es una regla, y lo que está marcado en ella se puede elegir. Cada decisión registra con qué versión de las reglas se tomó.',
  version: (version) => `Versión ${version}`,
  changed: (when, by) => `desde ${when}, por ${by}`,
  since: (when) => `desde ${when}`,
  asShipped: 'las de fábrica',
  role: 'Reglas para',
  groups: { sim: 'La SIM', unknown: 'Cuando no se puede comprobar la SIM', codes: 'Códigos y comprobaciones de SIM', password: 'Contraseñas', session: 'Sesiones', branch: 'Para todos' },
  unknownLead: 'Detener es lo más estricto y lo que recomendamos: quien se adueñó de un número quizá pueda también impedir que el operador responda. Un código enviado sin comprobar la SIM nunca cuenta como prueba del número.',
  recommended: (value) => `Recomendado: ${value}.`,
  stop: 'se detiene',
  pass: 'se envía un código igualmente',
  grace: (days) => {
    if (days === 0) return 'se detienen como las demás';
    return days === 1 ? 'pueden pasar en su primer día' : `pueden pasar en sus primeros ${days} días`;
  },
  time: (minutes) => {
    if (minutes % 1440 === 0) return plural(minutes / 1440, 'día', 'días');
    if (minutes % 60 === 0) return plural(minutes / 60, 'hora', 'horas');
    return plural(minutes, 'minuto', 'minutos');
  },

  numbers: {
    windowMinutes: {
      says: 'Una SIM cuenta como cambiada durante {value} después del cambio.',
      label: 'Cuánto tiempo cuenta una SIM como cambiada',
    },
    graceDays: {
      says: 'Las personas cuyo número es nuevo aquí y cuya SIM se cambió {value}.',
      label: 'Números nuevos con la SIM cambiada',
    },
    idleMinutes: {
      says: 'Si no se toca nada durante {value} minutos, se cierra la sesión.',
      label: 'Minutos sin tocar nada',
    },
    sessionMinutes: {
      says: 'Una sesión termina como muy tarde después de {value}.',
      label: 'Duración máxima de la sesión',
    },
    passwords: {
      says: 'Un nombre se bloquea tras {value} contraseñas incorrectas.',
      label: 'Contraseñas incorrectas hasta el bloqueo',
    },
    lockMinutes: {
      says: 'El bloqueo dura {value} minutos.',
      label: 'Minutos que dura un bloqueo',
    },
    codesInARow: {
      says: 'Los códigos se bloquean tras {value} códigos incorrectos seguidos.',
      label: 'Códigos incorrectos seguidos hasta el bloqueo',
    },
    codesInAll: {
      says: 'Tras {value} códigos incorrectos sin ninguno correcto entre ellos, solo un administrador puede desbloquear.',
      label: 'Códigos incorrectos hasta que solo un administrador desbloquea',
    },
    sendsInSignIn: {
      says: 'En un inicio de sesión se envían como máximo {value} códigos.',
      label: 'Códigos en un inicio de sesión',
    },
    sendsInTenMinutes: {
      says: 'A un número se envían como máximo {value} códigos en diez minutos.',
      label: 'Códigos en diez minutos',
    },
    sendsInADay: {
      says: 'A un número se envían como máximo {value} códigos al día.',
      label: 'Códigos en un día',
    },
    checksInTenMinutes: {
      says: 'Para un número se hacen como máximo {value} comprobaciones de SIM en diez minutos.',
      label: 'Comprobaciones de SIM en diez minutos',
    },
    checksInADay: {
      says: 'Para un número se hacen como máximo {value} comprobaciones de SIM al día.',
      label: 'Comprobaciones de SIM en un día',
    },
    registrationsInAnHour: {
      says: 'En una hora se pueden registrar como máximo {value} personas.',
      label: 'Registros en una hora',
    },
    codeBudget: {
      says: 'En 24 horas se envían como máximo {value} códigos, entre todos.',
      label: 'Códigos en 24 horas para todos',
    },
    checkBudget: {
      says: 'En 24 horas se hacen como máximo {value} comprobaciones de SIM, entre todos.',
      label: 'Comprobaciones de SIM en 24 horas para todos',
    },
  },

  looser: {
    short_window: 'ya no se nota que una SIM pasó a otras manos hace más tiempo.',
    pass: 'se envía un código sin que nadie haya mirado la SIM.',
    more_passwords: 'se puede probar a adivinar más veces una contraseña.',
    large_code_budget: 'un abuso de esta instalación puede costar más antes de que se pare.',
    large_check_budget: 'un abuso de esta instalación puede costar más antes de que se pare.',
  },

  spent: {
    codes: (spent, of) => `En las últimas 24 horas se enviaron ${spent} de ${of} códigos.`,
    checks: (spent, of) => `En las últimas 24 horas se hicieron ${spent} de ${of} comprobaciones de SIM.`,
  },
  prices: {
    heading: 'Lo que cuestan los códigos',
    hint: 'De la lista de precios de su proveedor, para el resumen. No se paga nada con ello; puede dejarlo en blanco.',
    currency: 'Moneda (tres letras)',
    smsPrice: 'Un mensaje de texto',
    voicePrice: 'Una llamada',
    notAPrice: 'Escriba un precio como 0,05, hasta 100.',
    sms: 'mensaje de texto',
    voice: 'llamada',
    none: 'sin indicar',
  },

  cannotTell: {
    operator_not_supported: 'Si el operador no participa en las comprobaciones de SIM, {value}.',
    number_not_known: 'Si el operador no conoce el número, {value}.',
    no_data: 'Si el operador no tiene respuesta para el número, {value}.',
    operator_timeout: 'Si el operador no responde a tiempo, {value}.',
    operator_failed: 'Si el operador tiene un problema propio, {value}.',
    our_credentials: 'Si no se nos permite preguntar, {value}.',
    our_balance: 'Si no queda saldo, {value}.',
    rate_limit: 'Si se pidieron demasiadas comprobaciones, {value}.',
    network: 'Si no se llega al servicio de comprobación, {value}.',
    vendor_failed: 'Si el servicio de comprobación tiene un problema propio, {value}.',
    malformed_answer: 'Si no se puede leer la respuesta, {value}.',
  },
  cannotTellLabel: 'Qué pasa entonces',

  unsaved: (n) => plural(n, 'cambio sin guardar.', 'cambios sin guardar.'),
  discard: 'Deshacer los cambios',
  save: 'Guardar las reglas',
  invalid: 'Algo falta o está fuera de sus límites. Corríjalo primero.',
  saveAsk: '¿Guardar reglas menos estrictas?',
  saveBody: 'Con estos cambios renuncia a esto:',
  saveAnyway: 'Guardar las reglas menos estrictas',
  saved: (version) => `Guardado. Desde ahora vale la versión ${version} de las reglas.`,
  outdated: 'Otra persona cambió las reglas entretanto y las suyas no se guardaron. Lo que eligió sigue elegido; esto es lo que cambió:',
  changedFrom: (rule, from, to) => `${rule}: ${from}, ahora ${to}.`,
  notSaved: 'Estas reglas no se guardaron:',
  wrong: {
    too_small: (least) => `tiene que ser ${least} o más.`,
    too_large: (most) => `puede ser ${most} como máximo.`,
    no_country: 'no hay ningún país en la lista: nadie podría iniciar sesión.',
    not_a_country: 'algo de la lista no es un país con teléfonos.',
    shuts_you_out: 'el país de su propio número no está en la lista: no podría volver a iniciar sesión.',
    not_a_currency: 'una moneda tiene tres letras, como EUR o USD.',
  },
  history: {
    open: 'Versiones anteriores',
    heading: 'Versiones de las reglas',
    older: 'Mostrar versiones más antiguas',
  },

  now: {
    heading: 'Qué pasaría ahora',
    lead: 'Dice, según las reglas y los datos guardados, en qué quedaría un inicio de sesión. No se pregunta a ningún operador ni se envía nada.',
    name: 'Nombre de usuario',
    ask: 'Ver el resultado',
    unknown: 'Nadie tiene este nombre.',
    for: (name, role) => `${name}, ${role}`,
    before: 'Antes de comprobar la SIM',
    free: 'Nada lo impide: con la contraseña correcta se comprueba la SIM.',
    blocks: {
      pending: 'Se detiene: espera aprobación.',
      disabled: 'Se detiene: está desactivado.',
      no_password: 'Se detiene: aún no tiene contraseña.',
      password_over: 'Se detiene: la contraseña que se le entregó es demasiado antigua.',
      password_locked: 'Se detiene: el nombre está bloqueado.',
      codes_locked: 'Se detiene: los códigos están bloqueados.',
      needs_admin: 'Se detiene: solo un administrador puede desbloquear los códigos.',
      send_limit: 'Se detiene: se enviaron demasiados códigos a este número.',
      check_limit: 'Se detiene: se hicieron demasiadas comprobaciones de SIM para este número.',
      country: 'Se detiene: los códigos no pueden ir a este país.',
      budget: 'Se detiene: se han usado todos los códigos o comprobaciones de SIM de 24 horas.',
      other: 'Se detiene.',
    },
    until: (when) => `Hasta: ${when}.`,
    then: 'Qué decide después la comprobación de la SIM',
    outcome: 'Si la comprobación dice',
    decides: 'entonces',
    unchanged: 'Sin cambios',
    changed: 'Cambiada',
    changedLately: (window) => `Cambiada hace menos de ${window}`,
    cannotTell: 'No se pudo comprobar',
    proceed: 'Se envía un código',
    grace: (until) => `Se envía un código: el número es nuevo aquí hasta ${until}`,
    stop: 'Se detiene; no se envía ningún código',
    someCauses: (n) => `Se envía un código en ${plural(n, 'caso', 'casos')}; en los demás se detiene`,
  },
};
