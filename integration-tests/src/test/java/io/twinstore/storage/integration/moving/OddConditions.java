package io.twinstore.storage.integration.moving;

/** Odd values, and what conditions on them are made of; two semicolons are between each two. */
final class OddConditions {

    private OddConditions() {}

    static final String[] INTEGERS =
            several(
                    """
                    null ;; 0 ;; 1 ;; -1 ;; 2 ;; 5 ;; 7 ;; 9223372036854775807 ;;
                    -9223372036854775808 ;; 9007199254740992 ;; 9007199254740993 ;; -9007199254740993
                    """);

    static final String[] REALS =
            several(
                    """
                    null ;; 0.0 ;; -0.0 ;; 0.5 ;; -1.0 ;; 5.0 ;; 1e308 ;; 9e999 ;; -9e999 ;; 0.1 ;;
                    1e-320 ;; 9007199254740992.0
                    """);

    /** Mostly reals, and integers of which a real cannot hold all. */
    static final String[] NUMBERS =
            several(
                    """
                    null ;; 0 ;; 1 ;; 0.5 ;; -3.5 ;; 5 ;; 2.25 ;; 9007199254740993 ;;
                    -9007199254740993 ;; 7.5 ;; 0.25 ;; 1e10 + 0.5 ;; -0.5 ;; 3.75 ;; 9.125
                    """);

    static final String[] TEXTS =
            several(
                    """
                    null ;; '' ;; ' ' ;; 'a' ;; 'A' ;; 'a ' ;; 'b' ;; 'ab' ;; 'aB' ;; '\u00e9' ;;
                    '\u00c9' ;; '\ud83d\ude00' ;; '\uffee' ;; '%' ;; '_' ;; 'a%b' ;; 'a\\b' ;;
                    'it''s' ;; '5' ;; ' 5 ' ;; '1e3' ;; 'Z' ;; 'z' ;; '[' ;; 'a_b' ;; 'ABC' ;; 'abcd' ;;
                    '\u0130' ;; '\u0131' ;; 'K' ;; '\u212a' ;; x'c3a9' ;; '05' ;; char(9) || 'a'
                    """);

    static final String[] WORDS = {"null", "'2026-01-05'", "'today'", "''", "'a'", "'A'"};

    static final String[] BLOBS = {"null", "x''", "x'00'", "x'00ff'", "x'61'", "x'ff'"};

    static final String[] BITS = {"null", "0", "1"};

    static final String[] INSTANTS = {
        "null", "'2026-02-05 12:34:56'", "'2026-02-05 12:34:57'", "'0001-01-01 00:00:00'"
    };

    static final String[] DOCUMENTS = {"null", "'{\"a\": 1}'", "'[1, 2]'"};

    static final String[] ANYTHING = {"null", "1", "'1'", "1.0", "x'31'", "'b'"};

    static final String[] HAND =
            several(
                    """
                    i ;; not i ;; i > 0 ;; i >= 9007199254740993 ;; i = 5.0 ;; i < 0.5 ;; i > 1e15 ;;
                    i = 0x7f ;; i between -1 and 5 ;; i not between 0 and 1 ;; i in (0, 1, 2.0, null) ;;
                    i not in (0, 1) ;; i in () ;; i not in () ;; i is null ;; i is not null ;;
                    i isnull ;; i notnull ;; i not null ;; i is 5 ;; i is not 5 ;;
                    i is not distinct from j ;; i is distinct from j ;; i = j ;; i <> j ;; i == j ;;
                    i != j ;; i < j ;; i is true ;; i is not true ;; i is false ;; r is not false ;;
                    r > 0 ;; r = 0 ;; r ;; r >= 0.5 ;; r = s ;; r < s ;; r = -0.0 ;; r <> 1e22 ;;
                    m > 0 ;; m = 2.25 ;; m ;; m between 0 and 10 ;; m in (0, 0.5, 5) ;;
                    m >= 9007199254740991 ;; t = 'a' ;; t <> '' ;; t < 'a' ;; t >= 'é' ;; t = u ;;
                    t < u ;; t > 'Z' and u < 'z' ;; t in ('a', 'A', 'é') ;; t between 'A' and 'Z' ;;
                    t is 'a' ;; t is not 'a' ;; t = "a" ;; n = 'a' ;; n < 'b' ;; n in ('AB', 'z') ;;
                    n = t ;; t = n ;; t collate nocase = u ;; t = u collate nocase ;;
                    t collate binary = n ;; n between 'A' and 'ab' ;; n is 'A' ;; k = 'a' ;; k < 'b' ;;
                    k = t ;; t collate rtrim = 'a ' ;; +n = 'A' ;; d > '2026-01-01' ;; d = 'today' ;;
                    d < e ;; d = e ;; b = x'00' ;; b < x'61' ;; b = c ;; b > c ;; b in (x'', x'00ff') ;;
                    b is x'61' ;; f ;; not f ;; f = 1 ;; f = 0 ;; f in (0, 1) ;; f <> 1 ;; f = g ;;
                    f < g ;; f >= 0 ;; f = 2 ;; f > -1 ;; f = i ;; f = true ;; f is true ;; f + g = 1 ;;
                    f + g <= 1 ;; f * 2 > g ;; f = 0.5 ;; (i is null) + (t is null) <= 1 ;;
                    (i > 0) = (j > 0) ;; (i > 0) + f = 2 ;; (t = 'a') is null ;;
                    ts = '2026-02-05 12:34:56' ;; ts <> td ;; ts in ('2026-02-05 12:34:57') ;;
                    ts is td ;; ts is null or td is not null ;; js is null ;; x is not null ;;
                    x is null ;; length(t) > 1 ;; length(t) between 1 and 3 ;; length(b) = 2 ;;
                    length(trim(t)) > 0 ;; lower(t) = t ;; upper(t) = t ;; lower(t) = 'a' ;;
                    upper(t) < 'B' ;; trim(t) <> '' ;; ltrim(t) = rtrim(t) ;; instr(t, 'a') > 0 ;;
                    instr(t, '') = 1 ;; instr(t, u) > 0 ;; substr(t, 1, 1) = 'a' ;;
                    substr(t, 2) = 'b' ;; substr(t, 1, 0) = '' ;; abs(f - g) = 1 ;;
                    coalesce(i, 0) > 0 ;; ifnull(t, '') <> '' ;; coalesce(t, u, 'x') = 'a' ;;
                    coalesce(f, 0) = 1 ;; coalesce(f, 5) = 5 ;; coalesce(r, 0) >= 0 ;;
                    coalesce(n, 'A') = 'a' ;; i % 2 = 0 ;; i / 2 > 3 ;; i % 7 < 0 ;;
                    i / 9223372036854775807 = 1 ;; length(t) + length(u) * 2 < 7 ;; length(t) - 5 < 0 ;;
                    -length(t) < -1 ;; t like 'a%' ;; t like '_' ;; t like 'A_B' ;; t not like '%b' ;;
                    t like 'É' ;; t like 'a\\b' ;; t like 'a!%b' escape '!' ;;
                    t like '!!%' escape '!' ;; t like '%\\%' ;; t like '' ;; t like '%' ;;
                    n like 'AB%' ;; t like 'i' ;; t like '%k%' ;; t || u = 'ab' ;; t || 'x' > 'b' ;;
                    typeof(i) = 'integer' ;; typeof(t) = 'text' ;; typeof(r) in ('real', 'null') ;;
                    typeof(b) <> 'blob' ;; typeof(f) = 'integer' ;; typeof(ts) = 'text' ;;
                    case when i > 0 then t = 'a' else u = 'b' end ;;
                    case when f then i when g then j end > 0 ;; case when i then 1 else 0 end ;;
                    case when i is null then 'x' else t end < 'b' ;; t = 'a' or u = 'b' and i > 0 ;;
                    not t = 'a' and not not i ;; (t = 'a' or u = 'b') and i > 0 ;;
                    i > 0 -- and a comment ;; /* one */ i > /* two */ 0 ;; odd.i > 0 ;;
                    "odd".[t] = 'a' ;; `i` > 0 and "t" < 'b' ;; I > 0 AND T IN ('a') ;; null ;; 1 ;;
                    0 ;; 'a' = 'a' ;; 1 = 1.0 ;; i = null ;; null is null ;; t is null = 0 ;;
                    i > 0 is null ;; true ;; not false ;; i = 1 = 1 ;; i < j = 1 ;; f = (i > 0) ;;
                    1 between f and i ;; i in (j, 5) ;; t in (u, 'a') ;;
                    i is not null and i <> 0 or r is null ;; t > 'a' collate nocase ;; 'a' < t ;;
                    5 > i ;; 0.5 < i ;; 'a' < 'B' ;; '\u00e9' < 'z' ;;
                    case when i then 'a' else 'B' end < 'b' ;; i <> 9223372036854775807 ;;
                    i = -9223372036854775808 ;; i between 0.5 and 7 ;; i is null or r is null
                    """);

    static final String[] REFUSED =
            several(
                    """
                    i + j > 0 ;; i * 2 > 0 ;; i - 1 > 0 ;; i / j = 1 ;; i % 0 = 1 ;; i % -1 = 0 ;;
                    -i < 0 ;; abs(r) > 1 ;; r + 1 > 0 ;; r = i ;; m = r ;; m = i ;;
                    r > 9007199254740992 ;; i = '5' ;; t = 5 ;; t = x'61' ;; t ;; b ;; not t ;;
                    d = '5' ;; d = t ;; d < lower(t) ;; d > ' 1e3 ' ;; ts > '2026-01-01 00:00:00' ;;
                    ts < td ;; ts = '2026-01-01' ;; ts = t ;; ts like '2026%' ;; js = '[1, 2]' ;;
                    json_valid(js) ;; json_extract(js, '$.a') = 1 ;; x = 1 ;; x > 0 ;; x ;;
                    typeof(x) = 'text' ;; typeof(m) = 'real' ;; t glob 'a*' ;; t regexp 'a' ;;
                    t match 'a' ;; t like u ;; t like 'a' escape u ;; t like 'a!' escape '!' ;;
                    i like '5%' ;; printf('%d', i) = '5' ;; date(t) is not null ;;
                    cast(t as integer) = 5 ;; random() > 0 ;; max(i, j) > 0 ;; i & 1 ;; i | 1 ;;
                    i << 1 = 2 ;; ~i ;; rowid > 0 ;; "rowid" > 0 ;; nowhere = 1 ;; [nowhere] = 1 ;;
                    other.i = 1 ;; main.odd.i = 1 ;; (i, j) = (1, 2) ;; i in (select 1) ;;
                    exists (select 1) ;; i = ? ;; i = :a ;; i = 99999999999999999999 ;;
                    r = 0.12345678901234567 ;; r = 1e40 ;; t = 'a ;; t = "a ;; i > ;; i > 0) ;;
                    (i > 0 ;;  ;; i 0 ;; i = 0x ;; i = 1_ ;; i = x'0' ;; t collate mine = 'a' ;;
                    (t collate nocase) || u = 'a' ;; lower(t collate nocase) = 'a' ;;
                    t in ('a' collate nocase) ;; i -> '$' ;; case i when 1 then 1 end ;;
                    current_timestamp > t ;; count(*) > 0 ;; i > 0; drop table odd ;;
                    i > 0) or (1 = 1 ;; length(i) = 1 ;; length(r) = 3 ;; substr(t, -1) = 'a' ;;
                    substr(t, i) = 'a' ;; substr(t, 0, 1) = '' ;; coalesce(i, 'a') = 1 ;;
                    coalesce(m, 0) > 0 ;; t = 'nul\0' ;; t = '�' ;; i between 1 ;; i is ;; i not 5 ;;
                    i and
                    """);

    static final String[] LITERALS =
            several(
                    """
                    0 ;; 1 ;; -1 ;; 2 ;; 5 ;; 0.5 ;; -3.0 ;; 'a' ;; 'A ' ;; '' ;; 'b' ;; '5' ;; x'00' ;;
                    null ;; true ;; '2026-02-05 12:34:56' ;; 9007199254740993 ;; 'é'
                    """);

    static final String[] ATOMS =
            several(
                    """
                    i ;; j ;; r ;; s ;; m ;; t ;; u ;; n ;; k ;; d ;; e ;; b ;; c ;; f ;; g ;; ts ;;
                    td ;; js ;; x ;; 0 ;; 1 ;; -1 ;; 2 ;; 0.5 ;; 'a' ;; 'A' ;; '' ;; '5' ;; x'61' ;;
                    null ;; t ;; u ;; i ;; f
                    """);

    static final String[] COMPARISONS =
            several(
                    """
                    = ;; <> ;; < ;; <= ;; > ;; >= ;; is ;; is not ;; == ;; != ;; is distinct from
                    """);

    static final String[] OPERATORS = {"+", "-", "*", "/", "%", "||"};

    static final String[] FUNCTIONS =
            several(
                    """
                    length ;; lower ;; upper ;; trim ;; ltrim ;; rtrim ;; abs ;; typeof ;; + ;; -
                    """);

    static final String[] COLLATIONS = {"nocase", "binary", "rtrim"};

    static final String[] PATTERNS = {"'a%'", "'_'", "'%B%'", "'\\%'", "'%a!_%' escape '!'"};

    private static String[] several(String block) {
        return block.strip().split("\\s*;;\\s*", -1);
    }
}
