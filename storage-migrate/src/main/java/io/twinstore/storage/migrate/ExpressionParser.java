package io.twinstore.storage.migrate;

import io.twinstore.storage.migrate.SqliteToken.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads an expression by SQLite's precedence. What it does not know it refuses by name: a reading
 * that is nearly right would be a rule that is nearly kept.
 */
final class ExpressionParser {

    private static final int DEEPEST = 100;
    private static final int MOST_TOKENS = 2_000;

    /** From weak to strong; each list is one level. */
    private static final List<List<String>> LEVELS =
            List.of(
                    List.of("<", "<=", ">", ">="),
                    List.of("&", "|", "<<", ">>"),
                    List.of("+", "-"),
                    List.of("*", "/", "%"),
                    List.of("||", "->", "->>"));

    private static final Pattern LOOSE_UNDERSCORE = Pattern.compile("_(?![0-9])|(?<![0-9])_");

    private static final Set<String> RESERVED =
            Set.of(
                    ("and or not is in between like glob match regexp isnull notnull collate escape "
                                    + "when then else end from where as distinct")
                            .split(" "));

    private static final Map<String, String> OTHER_FORMS =
            Map.of(
                    "cast", "it uses CAST",
                    "exists", "it has a subquery",
                    "select", "it has a subquery",
                    "raise", "it uses RAISE");

    private final TokenReading tokens;
    private int depth;

    private ExpressionParser(TokenReading tokens) {
        this.tokens = tokens;
    }

    /**
     * Returns the expression that the text is.
     *
     * @throws UntranslatableException when it is none, or has something that is not known here
     */
    static Expression parse(String sql) throws UntranslatableException {
        List<SqliteToken> all = SqliteTokens.of(sql);
        if (all.size() > MOST_TOKENS) {
            throw new UntranslatableException("it is too long");
        }
        TokenReading tokens = new TokenReading(all);
        Expression expression = new ExpressionParser(tokens).expression();
        tokens.requireEnd();
        return expression;
    }

    private Expression expression() throws UntranslatableException {
        if (++depth > DEEPEST) {
            throw new UntranslatableException("it is nested too deeply");
        }
        Expression left = conjunction();
        while (tokens.takesWord("or")) {
            left = new Expression.Between("or", left, conjunction());
        }
        depth--;
        return left;
    }

    private Expression conjunction() throws UntranslatableException {
        Expression left = negation();
        while (tokens.takesWord("and")) {
            left = new Expression.Between("and", left, negation());
        }
        return left;
    }

    private Expression negation() throws UntranslatableException {
        int times = 0;
        while (tokens.takesWord("not")) {
            times++;
        }
        Expression negated = equality();
        if (times == 0) {
            return negated;
        }
        Expression once = new Expression.Before("not", negated);
        return times % 2 == 1 ? once : new Expression.Before("not", once);
    }

    private Expression equality() throws UntranslatableException {
        Expression left = binary(0);
        @Nullable Expression further = further(left);
        while (further != null) {
            left = further;
            further = further(left);
        }
        return left;
    }

    /** Returns what the operators of equality's level make of an operand, null where none comes. */
    private @Nullable Expression further(Expression left) throws UntranslatableException {
        if (tokens.takesSymbol("=") || tokens.takesSymbol("==")) {
            return new Expression.Between("=", left, binary(0));
        }
        if (tokens.takesSymbol("<>") || tokens.takesSymbol("!=")) {
            return new Expression.Between("<>", left, binary(0));
        }
        if (tokens.takesWord("isnull")) {
            return new Expression.Between("is", left, new Expression.Null());
        }
        if (tokens.takesWord("notnull")) {
            return new Expression.Between("is not", left, new Expression.Null());
        }
        if (tokens.takesWord("is")) {
            return is(left);
        }
        if (!tokens.takesWord("not")) {
            return listed(left);
        }
        if (tokens.takesWord("null")) {
            return new Expression.Between("is not", left, new Expression.Null());
        }
        @Nullable Expression negated = listed(left);
        if (negated == null) {
            throw tokens.unexpected();
        }
        return new Expression.Before("not", negated);
    }

    private Expression is(Expression left) throws UntranslatableException {
        boolean not = tokens.takesWord("not");
        if (tokens.takesWord("distinct")) {
            tokens.requireWord("from");
            return new Expression.Between(not ? "is" : "is not", left, binary(0));
        }
        return new Expression.Between(not ? "is not" : "is", left, binary(0));
    }

    private @Nullable Expression listed(Expression left) throws UntranslatableException {
        if (tokens.takesWord("between")) {
            Expression low = binary(0);
            tokens.requireWord("and");
            return new Expression.Range(left, low, binary(0));
        }
        if (tokens.takesWord("in")) {
            tokens.requireSymbol("(");
            return new Expression.In(left, list());
        }
        if (tokens.takesWord("like")) {
            Expression pattern = binary(0);
            return new Expression.Like(
                    left, pattern, tokens.takesWord("escape") ? binary(0) : null);
        }
        for (String other : List.of("glob", "match", "regexp")) {
            if (tokens.now().isWord(other)) {
                throw new UntranslatableException("it uses " + other.toUpperCase(Locale.ROOT));
            }
        }
        return null;
    }

    private Expression binary(int level) throws UntranslatableException {
        if (level == LEVELS.size()) {
            return collated();
        }
        Expression left = binary(level + 1);
        while (tokens.now().kind() == Kind.SYMBOL
                && LEVELS.get(level).contains(tokens.now().text())) {
            String operator = tokens.take().text();
            left = new Expression.Between(operator, left, binary(level + 1));
        }
        return left;
    }

    private Expression collated() throws UntranslatableException {
        Expression operand = signed();
        while (tokens.takesWord("collate")) {
            operand = new Expression.Collated(operand, tokens.takeName().text());
        }
        return operand;
    }

    private Expression signed() throws UntranslatableException {
        if (++depth > DEEPEST) {
            throw new UntranslatableException("it is nested too deeply");
        }
        Expression signed = operand();
        depth--;
        return signed;
    }

    private Expression operand() throws UntranslatableException {
        for (String sign : List.of("-", "+", "~")) {
            if (tokens.takesSymbol(sign)) {
                return new Expression.Before(sign, signed());
            }
        }
        SqliteToken token = tokens.take();
        return switch (token.kind()) {
            case NUMBER -> new Expression.Numeral(number(token.text()));
            case STRING -> new Expression.Text(token.text());
            case BLOB -> new Expression.Blob(token.text());
            case SYMBOL -> parenthesised(token);
            case WORD, QUOTED, BRACKETED -> named(token);
            case END -> throw tokens.unexpectedBefore();
        };
    }

    private static String number(String text) throws UntranslatableException {
        if (LOOSE_UNDERSCORE.matcher(text).find()) {
            throw new UntranslatableException("it has a number that cannot be read");
        }
        return text.replace("_", "");
    }

    private Expression parenthesised(SqliteToken open) throws UntranslatableException {
        if (!open.isSymbol("(")) {
            throw tokens.unexpectedBefore();
        }
        Expression inner = expression();
        if (tokens.now().isSymbol(",")) {
            throw new UntranslatableException("it compares several values at once");
        }
        tokens.requireSymbol(")");
        return inner;
    }

    private Expression named(SqliteToken token) throws UntranslatableException {
        boolean bare = token.kind() == Kind.WORD;
        String word = bare ? SqliteToken.folded(token.text()) : "";
        if (OTHER_FORMS.containsKey(word)) {
            throw new UntranslatableException(String.valueOf(OTHER_FORMS.get(word)));
        }
        if (RESERVED.contains(word)) {
            throw tokens.unexpectedBefore();
        }
        if (word.equals("null")) {
            return new Expression.Null();
        }
        if (word.equals("case")) {
            return branches();
        }
        if (tokens.takesSymbol("(")) {
            return call(token.text());
        }
        if (!tokens.takesSymbol(".")) {
            return new Expression.Name(null, token.text(), token.kind() == Kind.QUOTED, bare);
        }
        return new Expression.Name(token.text(), tokens.takeName().text(), false, false);
    }

    private Expression call(String function) throws UntranslatableException {
        String name = SqliteToken.folded(function);
        if (tokens.now().isSymbol("*") || tokens.now().isWord("distinct")) {
            throw new UntranslatableException("it uses the function " + name);
        }
        Expression call = new Expression.Call(name, list());
        if (tokens.now().isWord("filter") || tokens.now().isWord("over")) {
            throw new UntranslatableException("it uses the function " + name);
        }
        return call;
    }

    /** The rest of a list, with its closing parenthesis. */
    private List<Expression> list() throws UntranslatableException {
        List<Expression> elements = new ArrayList<>();
        if (tokens.takesSymbol(")")) {
            return elements;
        }
        do {
            elements.add(expression());
        } while (tokens.takesSymbol(","));
        tokens.requireSymbol(")");
        return elements;
    }

    private Expression branches() throws UntranslatableException {
        if (!tokens.now().isWord("when")) {
            throw new UntranslatableException("it uses CASE with a value before WHEN");
        }
        List<Expression> branches = new ArrayList<>();
        while (tokens.takesWord("when")) {
            branches.add(expression());
            tokens.requireWord("then");
            branches.add(expression());
        }
        @Nullable Expression otherwise = tokens.takesWord("else") ? expression() : null;
        tokens.requireWord("end");
        return new Expression.Case(branches, otherwise);
    }
}
