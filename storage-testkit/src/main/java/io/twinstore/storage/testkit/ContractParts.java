package io.twinstore.storage.testkit;

import java.util.List;
import java.util.stream.Stream;

/** What the contract is made of: a class of clauses and one of saboteurs per aggregate or theme. */
final class ContractParts {

    private ContractParts() {}

    static List<Class<?>> clauses() {
        return List.of();
    }

    static List<Saboteur> saboteurs() {
        return Stream.<List<Saboteur>>of().flatMap(List::stream).toList();
    }
}
