package io.twinstore.storage.search;

import io.twinstore.storage.SearchSyntaxException;
import io.twinstore.storage.search.Expression.And;
import io.twinstore.storage.search.Expression.Leaf;
import io.twinstore.storage.search.Expression.Not;
import io.twinstore.storage.search.Expression.Or;
import java.util.ArrayList;
import java.util.List;

/** Reads a query; {@code docs/search.md} has the grammar. */
final class QueryParser {

    static final int LONGEST = 2_000;
    static final int MOST_LEAVES = 64;
    static final int DEEPEST = 20;

    private static final String QUOTES = "\"\u201c\u201d\u201e\u201f\uff02";
    private static final String OPENING = "(\uff08";
    private static final String CLOSING = ")\uff09";
    private static final String AND = "AND";
    private static final String OR = "OR";

    private final String text;
    private final QueryTerms terms;

    private int at;
    private int leaves;

    QueryParser(String text, QueryTerms terms) {
        this.text = text;
        this.terms = terms;
    }

    SearchQuery parse() {
        if (text.length() > LONGEST) {
            throw fault("a query has at most " + LONGEST + " characters", LONGEST);
        }
        skipSpace();
        if (atEnd()) {
            throw fault("there is nothing to look for", at);
        }
        Expression expression = alternatives(0);
        if (!atEnd()) {
            throw fault("no parenthesis was opened that this one could close", at);
        }
        return new SearchQuery(text, expression);
    }

    /** Reads up to a closing parenthesis or the end. */
    private Expression alternatives(int depth) {
        List<Expression> alternatives = new ArrayList<>();
        alternatives.add(conjunction(depth));
        while (atOperator(OR)) {
            int operator = at;
            at += OR.length();
            skipSpace();
            requireOperand(OR, operator);
            alternatives.add(conjunction(depth));
        }
        return alternatives.size() == 1 ? alternatives.get(0) : new Or(alternatives);
    }

    /** Reads up to an OR, a closing parenthesis or the end. */
    private Expression conjunction(int depth) {
        int start = at;
        List<Expression> parts = new ArrayList<>();
        do {
            parts.add(part(depth));
            skipSpace();
            if (atOperator(AND)) {
                int operator = at;
                at += AND.length();
                skipSpace();
                requireOperand(AND, operator);
            }
        } while (!atEnd() && !isIn(CLOSING) && !atOperator(OR));
        if (parts.stream().allMatch(Not.class::isInstance)) {
            throw fault("a minus excludes, and there is nothing here to exclude from", start);
        }
        return parts.size() == 1 ? parts.get(0) : new And(parts);
    }

    private void requireOperand(String operator, int position) {
        if (atEnd() || isIn(CLOSING) || atOperator(OR) || atOperator(AND)) {
            throw fault(operator + " needs something to look for behind it", position);
        }
    }

    private Expression part(int depth) {
        if (text.charAt(at) != '-') {
            return operand(depth);
        }
        int minus = at++;
        if (atEnd() || isSpace(text.charAt(at)) || isIn(CLOSING) || isIn("-*")) {
            throw fault("a minus needs a word, a phrase or a parenthesis right behind it", minus);
        }
        return new Not(operand(depth));
    }

    private Expression operand(int depth) {
        if (isIn(OPENING)) {
            return group(depth + 1);
        }
        if (atOperator(OR) || atOperator(AND)) {
            throw fault(
                    "an operator needs something to look for before it; in quotes it is a word",
                    at);
        }
        if (++leaves > MOST_LEAVES) {
            throw fault("a query has at most " + MOST_LEAVES + " words and phrases", at);
        }
        return isIn(QUOTES) ? phrase() : word();
    }

    private Expression group(int depth) {
        int opening = at++;
        if (depth > DEEPEST) {
            throw fault("parentheses are nested at most " + DEEPEST + " deep", opening);
        }
        skipSpace();
        if (!atEnd() && isIn(CLOSING)) {
            throw fault("there is nothing between these parentheses", opening);
        }
        if (atEnd()) {
            throw fault("this parenthesis is not closed", opening);
        }
        Expression inside = alternatives(depth);
        if (atEnd()) {
            throw fault("this parenthesis is not closed", opening);
        }
        at++;
        refuseAsterisk();
        return inside;
    }

    private Leaf phrase() {
        int opening = at++;
        while (!atEnd() && !isIn(QUOTES)) {
            at++;
        }
        if (atEnd()) {
            throw fault("this quote is not closed", opening);
        }
        Leaf leaf = terms.leaf(opening + 1, at);
        at++;
        refuseAsterisk();
        return leaf;
    }

    private Leaf word() {
        int start = at;
        int end = wordEnd();
        int asterisk = text.indexOf('*', start);
        if (asterisk < 0 || asterisk >= end) {
            at = end;
            return terms.leaf(start, end);
        }
        if (asterisk == start || asterisk != end - 1) {
            throw fault("an asterisk stands at the end of a word only", asterisk);
        }
        at = end;
        return terms.prefix(start, asterisk);
    }

    private void refuseAsterisk() {
        if (!atEnd() && text.charAt(at) == '*') {
            throw fault("an asterisk completes a word, not a phrase or a parenthesis", at);
        }
    }

    private boolean atOperator(String operator) {
        return text.startsWith(operator, at) && wordEnd() == at + operator.length();
    }

    /** Behind the word that starts here: white space, quotes and parentheses end it. */
    private int wordEnd() {
        int end = at;
        while (end < text.length() && !endsWord(text.charAt(end))) {
            end++;
        }
        return end;
    }

    private static boolean endsWord(char c) {
        return isSpace(c)
                || QUOTES.indexOf(c) >= 0
                || OPENING.indexOf(c) >= 0
                || CLOSING.indexOf(c) >= 0;
    }

    private static boolean isSpace(char c) {
        return c <= ' ' || Character.isSpaceChar(c);
    }

    private void skipSpace() {
        while (!atEnd() && isSpace(text.charAt(at))) {
            at++;
        }
    }

    private boolean isIn(String characters) {
        return characters.indexOf(text.charAt(at)) >= 0;
    }

    private boolean atEnd() {
        return at == text.length();
    }

    private SearchSyntaxException fault(String fault, int position) {
        return new SearchSyntaxException(fault, text, position);
    }
}
