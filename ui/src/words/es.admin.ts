// Spanish for the shell of the administration, the parts its pages share, and its first page.
import type { admin as english } from './en.admin';
import { plural } from './plural';

export const admin: typeof english = {
  label: 'Administración',
  open: 'Administración',
  counter: 'Volver al mostrador',
  pages: {
    overview: 'Resumen',
    people: 'Personas',
    record: 'Registro',
    rules: 'Reglas',
    vendors: 'Proveedores',
    branch: 'Oficina',
    recovery: 'Recuperación',
  },
  roles: { staff: 'Personal', supervisor: 'Supervisor', admin: 'Administrador' },
  cancel: 'Cancelar',
  save: 'Guardar',
  saving: 'Guardando…',
  saved: 'Guardado.',
  working: 'Un momento…',
  reload: 'Intentar de nuevo',

  table: {
    loading: 'Cargando…',
    failed: 'No se pudo cargar.',
    sortBy: 'Ordenar por',
    ascending: 'De menor a mayor',
    descending: 'De mayor a menor',
    turn: 'Invertir el orden',
  },

  pager: {
    label: 'Páginas de la lista',
    first: 'Primera',
    newest: 'Lo último',
    newer: 'Más nuevo',
    older: 'Más antiguo',
    previous: 'Anterior',
    next: 'Siguiente',
  },

  search: { clear: 'Borrar la búsqueda' },

  progress: {
    of: (percent) => `${percent} hecho`,
    canceling: 'Parando…',
  },

  steps: {
    passed: 'Correcto',
    failed: 'Falló',
    not_reached: 'No se llegó',
    working: 'En curso',
  },

  sentence: {
    looser: 'Menos estricto que lo recomendado:',
    stricter: 'Más estricto que lo recomendado.',
    range: (least, most) => `Use un número entero de ${least} a ${most}.`,
  },

  once: {
    note: 'Solo lo verá esta vez. SIMgate no lo guarda de forma legible ni crea ningún archivo. Imprímalo o cópielo a un lugar seguro.',
    copy: 'Copiar',
    copied: 'Copiado. Otros programas pueden leer lo copiado: péguelo pronto y después copie otra cosa.',
    notCopied: 'No se pudo copiar. Apúntelo o imprímalo.',
    print: 'Imprimir',
  },

  secret: {
    set: (when) => `Guardado el ${when}`,
    filled: 'Rellenado desde el archivo, aún sin guardar',
    byHand: 'Guardado a mano',
    ends: (ending) => `termina en ${ending}`,
    replace: 'Reemplazar',
    keep: 'Dejar lo guardado',
    hidden: 'Lo guardado no se puede mostrar, solo reemplazar.',
  },

  file: {
    choose: 'Elegir un archivo',
    reading: 'Leyendo…',
    read: (name) => `Leído: ${name}`,
    tooBig: (most) => `Este archivo es demasiado grande. El máximo es ${most}.`,
    notRead: 'No se pudo leer este archivo.',
    notText: 'Este archivo no es texto simple.',
  },

  chart: {
    table: 'Ver como tabla',
    day: 'Día',
  },

  stepUp: {
    heading: 'Confirme que es usted',
    why: (act) => `«${act}» es una acción delicada. Escriba su contraseña; después se comprueba su SIM y se envía un código a su teléfono.`,
    ends: 'Si falla la comprobación de la SIM o el código, se cierra su sesión.',
    go: 'Continuar',
    working: 'Comprobando…',
  },

  choosePassword: {
    heading: 'Elija su propia contraseña',
    lead: 'Ha entrado con una contraseña de un solo uso. Elija ahora la suya: nadie más la sabrá.',
    label: 'Contraseña nueva',
    submit: 'Usar esta contraseña',
    working: 'Guardando…',
    leave: 'Cerrar sesión',
  },

  overview: {
    period: 'Período',
    periods: { today: 'Hoy', week: '7 días', month: '30 días' },
    asOf: (time) => `Datos de: ${time}`,
    signIns: (n) => (n === 1 ? 'inicio de sesión' : 'inicios de sesión'),
    stopped: (n) => (n === 1 ? 'inicio detenido' : 'inicios detenidos'),
    codes: (n) => (n === 1 ? 'código enviado' : 'códigos enviados'),
    cost: 'coste conocido de comprobaciones y códigos',
    noCost: 'No se conoce ningún coste',
    costs: {
      heading: 'Lo que costó',
      checks: 'Comprobaciones de SIM',
      charged: 'lo que cobró el proveedor, si lo comunicó',
      codes: 'Códigos',
      priced: 'según los precios de las reglas actuales, no según una factura',
      notTold: 'no se conoce',
      unpriced: (n) =>
        n === 1 ? 'Para 1 código las reglas no indican precio y no está en el coste.' : `Para ${n} códigos las reglas no indican precio y no están en el coste.`,
    },
    budget: {
      heading: 'Códigos en 24 horas',
      used: (used, of) => `En las últimas 24 horas se enviaron ${used} de ${of} códigos.`,
      near: (percent) => `Se ha enviado el ${percent} de los códigos de 24 horas. Cuando se acaben, no se enviarán más hasta que el más antiguo cumpla un día.`,
      over: 'Se han enviado todos los códigos de 24 horas. No se envían más hasta que el más antiguo cumpla un día.',
      change: 'Cambiar el límite',
    },
    waiting: (n) => (n === 1 ? '1 persona espera aprobación.' : `${n} personas esperan aprobación.`),
    waitingOpen: 'Ver quién',
    loosened: {
      heading: 'Reglas menos estrictas que lo recomendado',
      open: 'Abrir las reglas',
    },
    chart: {
      week: 'Los últimos siete días',
      signIns: 'Inicios de sesión',
      stopped: 'Detenidos',
      caption: 'Inicios de sesión y detenidos, día a día',
    },
    stops: {
      heading: 'Por qué se detuvieron',
      why: 'Motivo',
      count: 'Veces',
      none: 'No se detuvo ninguno.',
      kinds: {
        password_refused: 'Nombre o contraseña incorrectos',
        locked: 'Nombre bloqueado',
        not_approved: 'Sin aprobar o desactivado',
        sim_changed: 'SIM cambiada',
        cannot_tell: 'No se pudo comprobar la SIM',
        not_sent: 'Código no enviado',
        code_refused: 'Código incorrecto o tardío',
        other: 'Otro motivo',
      },
    },
    health: {
      heading: 'Estado',
      things: {
        tru_id: 'tru.ID, comprobación de SIM',
        twilio: 'Twilio Verify, códigos',
        keyring: 'Llavero',
        database: 'Base de datos',
        record: 'Registro',
        clock: 'Reloj',
      },
      states: {
        good: 'Bien',
        watch: 'Conviene mirarlo',
        bad: 'Atiéndalo ya',
        unknown: 'Aún no se sabe',
      },
      took: (ms) => `responde en ${ms} ms`,
      errors: (failed, calls) => `fallaron ${failed} de las últimas ${plural(calls, 'llamada', 'llamadas')}`,
      last: (when) => `última llamada: ${when}`,
      left: (sum) => `quedan ${sum} en la cuenta`,
      never: 'aún sin llamadas',
    },
  },

  branch: {
    lead: 'Lo que se ve al iniciar sesión y quién puede usarlo.',
    name: 'Nombre de la oficina',
    nameHint: 'Se muestra al iniciar sesión; por ejemplo, «Oficina de la calle Mayor, mesa 3».',
    call: 'A quién llamar si algo se detiene',
    callHint: 'Se muestra en cada parada: un nombre, un número o ambos.',
    languages: 'Idiomas',
    languagesHint: 'Los que se pueden elegir. Al menos uno.',
    first: 'Se muestra primero',
    countries: 'Países a los que pueden ir códigos',
    countriesHint: 'Con números de otros países no se comprueba la SIM ni se envía ningún código.',
    allCountries: 'Todos los países',
    someCountries: 'Solo estos países',
    addCountry: 'Añadir este país',
    removeCountry: (name) => `Quitar ${name} de la lista`,
    noCountries: 'Aún no hay ningún país en la lista: nadie podría iniciar sesión.',
    registration: 'Quién puede registrarse',
    modes: {
      closed: 'Nadie',
      by_approval: 'Cualquiera, con aprobación',
      open: 'Cualquiera',
    },
    modeHints: {
      closed: 'Solo un administrador añade personas.',
      by_approval: 'Un supervisor o un administrador aprueba a cada persona. Hasta entonces no se comprueba su SIM ni se le envía ningún código. Recomendado.',
      open: 'Quien demuestra tener su teléfono puede entrar. Como máximo se registran cinco personas por hora.',
    },
    needsName: 'Ponga un nombre a la oficina.',
    needsCall: 'Indique a quién llamar.',
    needsLanguage: 'Elija al menos un idioma.',
    tooLong: (most) => `Use como máximo ${most} caracteres.`,
  },
};
