package io.twinstore.storage.search;

import java.util.ArrayList;
import java.util.List;

/** Writes down what is told of a text. */
final class ToldWords implements WordSink {

    private final List<String> told = new ArrayList<>();

    @Override
    public void word(Term term, int start, int end) {
        told.add(start + "-" + end + " " + term.text() + " " + term.raw());
    }

    @Override
    public void gap() {
        told.add("gap");
    }

    List<String> all() {
        return told;
    }
}
