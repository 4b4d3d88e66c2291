package io.twinstore.storage.search;

import java.util.List;

/**
 * What a query asks for, as a tree. Every {@link And} has a part that is no {@link Not}, and so has
 * every alternative and every part of a {@code Not}: an index can answer it without listing all
 * that it holds.
 */
public sealed interface Expression {

    /** Where all parts hold; two or more. */
    record And(List<Expression> parts) implements Expression {

        /** Takes a copy of the list. */
        public And {
            parts = List.copyOf(parts);
        }
    }

    /** Where any alternative holds; two or more. */
    record Or(List<Expression> alternatives) implements Expression {

        /** Takes a copy of the list. */
        public Or {
            alternatives = List.copyOf(alternatives);
        }
    }

    /** Where the part does not hold; always a part of an {@link And}. */
    record Not(Expression part) implements Expression {}

    /** What is looked for in the index. */
    sealed interface Leaf extends Expression {}

    /** Where a term or a mark stands. */
    record Word(String term) implements Leaf {}

    /** Where a term or a mark begins with one of these. */
    record Prefix(List<String> beginnings) implements Leaf {

        /** Takes a copy of the list. */
        public Prefix {
            beginnings = List.copyOf(beginnings);
        }
    }

    /**
     * Where terms stand one behind the other; at most {@value SearchTerms#LONGEST_PHRASE}.
     *
     * @param open whether the last one is only how a term begins
     */
    record Phrase(List<String> terms, boolean open) implements Leaf {

        /** Takes a copy of the list. */
        public Phrase {
            terms = List.copyOf(terms);
        }
    }
}
