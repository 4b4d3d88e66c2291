package io.twinstore.storage.search;

import io.twinstore.storage.search.Expression.And;
import io.twinstore.storage.search.Expression.Leaf;
import io.twinstore.storage.search.Expression.Not;
import io.twinstore.storage.search.Expression.Or;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A query that was read: what it asks for, and how it judges a message. Immutable, safe for use by
 * many threads.
 */
public final class SearchQuery {

    /** BM25's usual saturation, and half its usual weight of length: messages are short. */
    private static final double K1 = 1.2;

    private static final double B = 0.5;
    private static final double TYPICAL_TOKENS = 100;
    private static final double UNIT = 1_000_000;

    private final String text;
    private final Expression expression;
    private final List<Leaf> leaves;
    private final Set<Integer> wanted = new HashSet<>();

    SearchQuery(String text, Expression expression) {
        this.text = text;
        this.expression = expression;
        Set<Leaf> found = new LinkedHashSet<>();
        collect(expression, found);
        this.leaves = List.copyOf(found);
        collectWanted(expression);
    }

    /** The text it was read from. */
    public String text() {
        return text;
    }

    /** What it asks for. */
    public Expression expression() {
        return expression;
    }

    /** What it looks for in an index: each leaf once, in the order of the text. */
    public List<Leaf> leaves() {
        return leaves;
    }

    /** The leaves, by index, that stand behind no minus: what is scored and highlighted. */
    Set<Integer> wanted() {
        return wanted;
    }

    /** What a message that was made ready for the index says about the leaves. */
    public Evidence evidence(IndexedMessage message) {
        int[] frequencies = new int[leaves.size()];
        for (int i = 0; i < frequencies.length; i++) {
            frequencies[i] = Finding.frequency(leaves.get(i), message);
        }
        return Evidence.of(message.tokens(), frequencies);
    }

    /** Whether a message is what the query asks for. */
    public boolean matches(IndexedMessage message) {
        return matches(evidence(message));
    }

    /** Whether a message is what the query asks for, by what is known of it. */
    public boolean matches(Evidence evidence) {
        return matches(expression, evidence);
    }

    /** The score of a message; see {@link #score(Evidence)}. */
    public long score(IndexedMessage message) {
        return score(evidence(message));
    }

    /**
     * How well a message answers the query, in millionths: the sum, over the leaves that stand
     * behind no minus, of BM25's saturating function of how often the leaf occurs, with the length
     * of the message against a fixed typical one. It depends on the query and the message alone, so
     * it is the same in every database and at any time; how rare a word is counts for nothing.
     */
    public long score(Evidence evidence) {
        double norm = K1 * (1 - B + B * evidence.tokens() / TYPICAL_TOKENS);
        double sum = 0;
        for (int i = 0; i < leaves.size(); i++) {
            int frequency = evidence.frequency(i);
            if (frequency > 0 && wanted.contains(i)) {
                sum += frequency * (K1 + 1) / (frequency + norm);
            }
        }
        return Math.round(sum * UNIT);
    }

    private boolean matches(Expression part, Evidence evidence) {
        if (part instanceof And and) {
            return and.parts().stream().allMatch(p -> matches(p, evidence));
        } else if (part instanceof Or or) {
            return or.alternatives().stream().anyMatch(p -> matches(p, evidence));
        } else if (part instanceof Not not) {
            return !matches(not.part(), evidence);
        }
        return evidence.frequency(leaves.indexOf(part)) > 0;
    }

    private static void collect(Expression part, Set<Leaf> found) {
        if (part instanceof And and) {
            and.parts().forEach(p -> collect(p, found));
        } else if (part instanceof Or or) {
            or.alternatives().forEach(p -> collect(p, found));
        } else if (part instanceof Not not) {
            collect(not.part(), found);
        } else if (part instanceof Leaf leaf) {
            found.add(leaf);
        }
    }

    private void collectWanted(Expression part) {
        if (part instanceof And and) {
            and.parts().forEach(this::collectWanted);
        } else if (part instanceof Or or) {
            or.alternatives().forEach(this::collectWanted);
        } else if (part instanceof Leaf leaf) {
            wanted.add(leaves.indexOf(leaf));
        }
    }

    /** Shows the text. */
    @Override
    public String toString() {
        return text;
    }
}
