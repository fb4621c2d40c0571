import { SQLDialect } from "@codemirror/lang-sql";

/** ClickHouse's words as far as the editor colours them: both kinds of quotes, its types and clauses. */
export const clickHouseDialect = SQLDialect.define({
  keywords:
    "select distinct from final prewhere where group by having order limit offset with totals rollup cube as and or not in is null like " +
    "ilike between case when then else end join left right inner full outer cross asof any all semi anti global array on using union " +
    "except intersect window over partition rows range unbounded preceding following current row qualify fill step interpolate asc desc " +
    "nulls first last settings format interval second minute hour day week month quarter year cast exists describe show tables databases " +
    "sample grouping sets filter replace columns true false ties",
  types:
    "int8 int16 int32 int64 int128 int256 uint8 uint16 uint32 uint64 uint128 uint256 float32 float64 decimal decimal32 decimal64 decimal128 " +
    "string fixedstring bool date date32 datetime datetime64 uuid ipv4 ipv6 enum8 enum16 array tuple map nullable lowcardinality nested json",
  backslashEscapes: true,
  hashComments: true,
  identifierQuotes: '`"',
  operatorChars: "*+-%<>!=&|/~?:",
});
