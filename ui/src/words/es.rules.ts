// Spanish for the rules: sentences with choices in them. What stands in braces is chosen there.
import type { rules as english } from './en.rules';
import { plural } from './plural';

export const rules: typeof english = {
  lead: 'Cada frase es una regla, y lo que está marcado en ella se puede elegir. Cada decisión registra con qué versión de las reglas se tomó.',
  version: (version) => `Versión ${version}`,
  changed: (when, by) => `desde ${when}, por ${by}`,
  asShipped: 'las de fábrica',
  role: 'Reglas para',
  groups: { sim: 'La SIM', unknown: 'Cuando no se puede comprobar la SIM', codes: 'Códigos y comprobaciones de SIM', password: 'Contraseñas', session: 'Sesiones', branch: 'Para todos' },
  unknownLead: 'Detener es lo más estricto y lo que recomendamos: quien se adueñó de un número quizá pueda también impedir que el operador responda. Un código enviado sin comprobar la SIM nunca cuenta como prueba del número.',
  recommended: (value) => `Recomendado: ${value}.`,
  stop: 'se detiene',
  pass: 'se envía un código igualmente',
  on: 'pueden pasar',
  off: 'se detienen como las demás',
  time: (minutes) => {
    if (minutes % 1440 === 0) return plural(minutes / 1440, 'día', 'días');
    if (minutes % 60 === 0) return plural(minutes / 60, 'hora', 'horas');
    return plural(minutes, 'minuto', 'minutos');
  },

  roles: {
    windowMinutes: {
      says: 'Una SIM cuenta como cambiada durante {value} después del cambio.',
      label: 'Cuánto tiempo cuenta una SIM como cambiada',
      looser: 'ya no se nota que una SIM pasó a otras manos hace más tiempo.',
    },
    passwords: {
      says: 'Un nombre se bloquea tras {value} contraseñas incorrectas.',
      label: 'Contraseñas incorrectas hasta el bloqueo',
      looser: 'se puede probar a adivinar más veces una contraseña.',
    },
    lockMinutes: {
      says: 'El bloqueo dura {value} minutos.',
      label: 'Minutos que dura un bloqueo',
      looser: 'antes se puede volver a probar.',
    },
    codesInARow: {
      says: 'Los códigos se bloquean tras {value} códigos incorrectos seguidos.',
      label: 'Códigos incorrectos seguidos hasta el bloqueo',
      looser: 'se puede probar a adivinar más veces un código.',
    },
    codesInAll: {
      says: 'Tras {value} códigos incorrectos sin ninguno correcto entre ellos, solo un administrador puede desbloquear.',
      label: 'Códigos incorrectos hasta que solo un administrador desbloquea',
      looser: 'se prueban más códigos antes de que un administrador lo vea.',
    },
    sendsInSignIn: {
      says: 'En un inicio de sesión se envían como máximo {value} códigos.',
      label: 'Códigos en un inicio de sesión',
      looser: 'un solo inicio de sesión puede causar más mensajes.',
    },
    sendsInTenMinutes: {
      says: 'A un número se envían como máximo {value} códigos en diez minutos.',
      label: 'Códigos en diez minutos',
      looser: 'un número puede recibir más mensajes no deseados, a su costa.',
    },
    sendsInADay: {
      says: 'A un número se envían como máximo {value} códigos al día.',
      label: 'Códigos en un día',
      looser: 'un número puede recibir más mensajes no deseados, a su costa.',
    },
    checksInTenMinutes: {
      says: 'Para un número se hacen como máximo {value} comprobaciones de SIM en diez minutos.',
      label: 'Comprobaciones de SIM en diez minutos',
      looser: 'se pueden causar más comprobaciones, a su costa.',
    },
    checksInADay: {
      says: 'Para un número se hacen como máximo {value} comprobaciones de SIM al día.',
      label: 'Comprobaciones de SIM en un día',
      looser: 'se pueden causar más comprobaciones, a su costa.',
    },
    idleMinutes: {
      says: 'Si no se toca nada durante {value} minutos, se cierra la sesión.',
      label: 'Minutos sin tocar nada',
      looser: 'una mesa abandonada queda abierta más tiempo para cualquiera.',
    },
    sessionMinutes: {
      says: 'Una sesión termina como muy tarde después de {value}.',
      label: 'Duración máxima de la sesión',
      looser: 'una SIM cambiada durante el día se nota más tarde.',
    },
  },

  grace: {
    says: 'Las personas cuyo número es nuevo aquí y cuya SIM se cambió {value} en sus primeros siete días.',
    label: 'Números nuevos con la SIM cambiada',
  },

  branch: {
    codesADay: {
      says: 'Desde este equipo se envían como máximo {value} códigos al día.',
      label: 'Códigos al día desde este equipo',
      looser: 'un abuso de este equipo puede costar más antes de que se pare.',
    },
    registrationsInAnHour: {
      says: 'En una hora se pueden registrar como máximo {value} personas.',
      label: 'Registros en una hora',
      looser: 'se pueden registrar más personas inventadas antes de que se note.',
    },
    retentionDays: {
      says: 'Las entradas del registro se conservan {value} días.',
      label: 'Días que se conserva el registro',
      looser: 'lo que pasó hace más tiempo ya no se puede consultar.',
    },
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
  cannotTellLooser: 'se envía un código sin que nadie haya mirado la SIM.',

  unsaved: (n) => plural(n, 'cambio sin guardar.', 'cambios sin guardar.'),
  discard: 'Deshacer los cambios',
  save: 'Guardar las reglas',
  invalid: 'Algunos números están fuera de sus límites. Corríjalos primero.',
  saveAsk: '¿Guardar reglas menos estrictas?',
  saveBody: 'Con estos cambios renuncia a esto:',
  saveAnyway: 'Guardar las reglas menos estrictas',
  saved: (version) => `Guardado. Desde ahora vale la versión ${version} de las reglas.`,
  outdated: 'Otra persona cambió las reglas entretanto. Las suyas no se guardaron; mire las nuevas y vuelva a elegir.',

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
      password_locked: 'Se detiene: el nombre está bloqueado.',
      codes_locked: 'Se detiene: los códigos están bloqueados.',
      needs_admin: 'Se detiene: solo un administrador puede desbloquear los códigos.',
      send_limit: 'Se detiene: se enviaron demasiados códigos a este número.',
      check_limit: 'Se detiene: se hicieron demasiadas comprobaciones de SIM para este número.',
      country: 'Se detiene: los códigos no pueden ir a este país.',
      budget: 'Se detiene: se han usado todos los códigos de hoy.',
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
