/** A question to Prometheus, and how its answers are called; `{{label}}` is a label's value. */
export type Query = readonly [expr: string, legend: string];

/** A panel. `id` is what alerts link to: never given to another panel. */
export type Panel = {
  readonly id: number;
  readonly kind: "stat" | "timeseries";
  readonly title: string;
  readonly description: string;
  /** Grafana's name of it. */
  readonly unit: string;
  readonly queries: readonly Query[];
  /** From here on it is red; `below`: up to here. */
  readonly red?: number | { readonly below: number };
  /** Words for values. */
  readonly words?: Readonly<Record<string, string>>;
  /** Where it is said what to do. */
  readonly help: string;
};

/** What a reader chooses from: a label's values. */
export type Choice = {
  readonly name: string;
  readonly label: string;
  readonly query: string;
  readonly many?: true;
  /** The value that is chosen first. */
  readonly first?: string;
};

/** A dashboard's content: groups of panels under a title. */
export type Board = {
  readonly uid: string;
  readonly title: string;
  readonly choices: readonly Choice[];
  readonly groups: readonly { readonly title: string; readonly panels: readonly Panel[] }[];
  readonly links: readonly { readonly title: string; readonly url: string }[];
};

const source = { type: "prometheus", uid: "$datasource" };
const columns = 24;
const width = 8;
const height = 7;

/**
 * A dashboard as Grafana imports it; the data source and the choices are variables of it. Tests have no Grafana to load
 * it into: its form was held once against the types of @grafana/schema 13.2.3, its questions are put to a Prometheus.
 */
export function writeDashboard({ uid, title, choices, groups, links }: Board): string {
  const panels: object[] = [];
  let y = 0;
  groups.forEach((group, at) => {
    const id = 1_000 + at;
    panels.push({
      id,
      type: "row",
      title: group.title,
      collapsed: false,
      gridPos: { x: 0, y, w: columns, h: 1 },
      panels: [],
    });
    y += 1;
    group.panels.forEach((panel, index) => {
      const x = (index * width) % columns;
      panels.push({
        ...panelOf(panel),
        gridPos: { x, y: y + height * Math.floor((index * width) / columns), w: width, h: height },
      });
    });
    y += height * Math.ceil((group.panels.length * width) / columns);
  });
  const content = {
    id: null,
    uid,
    title,
    tags: ["wellspring"],
    schemaVersion: 42,
    version: 1,
    editable: true,
    graphTooltip: 1,
    refresh: "30s",
    time: { from: "now-6h", to: "now" },
    timepicker: {},
    timezone: "browser",
    annotations: { list: [] },
    templating: { list: [dataSource, ...choices.map(choiceOf)] },
    links: links.map((link) => ({
      ...link,
      type: "link",
      icon: "doc",
      targetBlank: true,
      asDropdown: false,
      includeVars: false,
      keepTime: false,
      tags: [],
      tooltip: "",
    })),
    panels,
  };
  return `${JSON.stringify(content, null, 2)}\n`;
}

const dataSource = {
  type: "datasource",
  name: "datasource",
  label: "Data source",
  query: "prometheus",
  hide: 0,
  refresh: 1,
  regex: "",
  options: [],
  multi: false,
  includeAll: false,
};

function choiceOf({ name, label, query, many, first }: Choice): object {
  const all = { includeAll: true, allValue: ".*", current: { text: ["All"], value: ["$__all"] } };
  const one = { includeAll: false, ...(first === undefined ? {} : { current: { text: first, value: first } }) };
  return {
    type: "query",
    name,
    label,
    datasource: source,
    query: { qryType: 1, query, refId: name },
    definition: query,
    refresh: 2,
    sort: 1,
    regex: "",
    hide: 0,
    options: [],
    multi: many === true,
    ...(many === true ? all : one),
  };
}

function panelOf({ id, kind, title, description, unit, queries, red, words, help }: Panel): object {
  const targets = queries.map(([expr, legendFormat], at) => ({
    refId: String.fromCharCode(65 + at),
    datasource: source,
    expr,
    legendFormat,
    editorMode: "code",
    range: kind === "timeseries",
    instant: kind === "stat",
  }));
  const drawn = { drawStyle: "line", lineWidth: 1, fillOpacity: 8, showPoints: "never", spanNulls: false };
  const mappings =
    words === undefined
      ? []
      : [
          {
            type: "value",
            options: Object.fromEntries(Object.entries(words).map(([value, text], index) => [value, { text, index }])),
          },
        ];
  return {
    id,
    type: kind,
    title,
    description,
    datasource: source,
    targets,
    links: [{ title: "What to do", url: help, targetBlank: true }],
    fieldConfig: {
      defaults: {
        unit,
        min: 0,
        mappings,
        color: { mode: kind === "stat" ? "thresholds" : "palette-classic" },
        thresholds: { mode: "absolute", steps: stepsOf(red) },
        ...(kind === "timeseries"
          ? { custom: { ...drawn, thresholdsStyle: { mode: red === undefined ? "off" : "dashed" } } }
          : {}),
      },
      overrides: [],
    },
    options:
      kind === "timeseries"
        ? {
            legend: { displayMode: "list", placement: "bottom", showLegend: true, calcs: [] },
            tooltip: { mode: "multi", sort: "desc" },
          }
        : {
            reduceOptions: { calcs: ["lastNotNull"], fields: "", values: false },
            colorMode: "background",
            graphMode: "none",
            justifyMode: "auto",
            orientation: "auto",
            textMode: "value_and_name",
          },
  };
}

function stepsOf(red: Panel["red"]): object[] {
  const [good, bad] = ["green", "red"];
  if (red === undefined) return [{ color: good, value: null }];
  if (typeof red === "number")
    return [
      { color: good, value: null },
      { color: bad, value: red },
    ];
  return [
    { color: bad, value: null },
    { color: good, value: red.below },
  ];
}
