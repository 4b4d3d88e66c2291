package io.twinstore.storage.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Every operation has its row, and the documentation says what the clauses check. */
class AccessMatrixTest {

    private static final Path DOCUMENT = Path.of("..", "docs", "access.md");

    @Test
    void everyOperationHasARow() {
        assertThat(
                        AccessMatrix.rows().stream()
                                .map(AccessMatrix.Row::operation)
                                .collect(Collectors.toSet()))
                .as("the operations of AccessMatrix: one that the session store has gets a row")
                .isEqualTo(AccessMatrix.operations());
    }

    @Test
    void rowsAreDistinct() {
        assertThat(AccessMatrix.rows()).extracting(Object::toString).doesNotHaveDuplicates();
    }

    @Test
    void theDocumentShowsTheTable() throws IOException {
        List<String> shown =
                Files.readAllLines(DOCUMENT).stream().filter(line -> line.startsWith("|")).toList();
        assertThat(shown).as("the table of docs/access.md").isEqualTo(AccessMatrix.table());
    }
}
