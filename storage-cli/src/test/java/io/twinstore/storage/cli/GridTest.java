package io.twinstore.storage.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Columns stand below each other, and no name runs into the figure beside it. */
class GridTest {

    private static String printed(int width, Consumer<Grid> rows) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Terminal terminal =
                new Terminal(
                        Map.of("COLUMNS", "" + width),
                        InputStream.nullInputStream(),
                        out,
                        new ByteArrayOutputStream(),
                        false,
                        ZoneOffset.UTC);
        Grid grid = new Grid(new Layout(terminal));
        rows.accept(grid);
        grid.print();
        terminal.finish();
        return out.toString(StandardCharsets.UTF_8);
    }

    @Test
    void namesAreWholeAndFiguresStandRight() {
        assertThat(
                        printed(
                                80,
                                grid -> {
                                    grid.row("workflow_history_entries", "395 rows", "why");
                                    grid.row("x", "2 rows", "");
                                }))
                .isEqualTo(
                        """
                        workflow_history_entries  395 rows  why
                        x                           2 rows
                        """
                                .indent(2));
    }

    @Test
    void aNameIsCutOnlyWhereTheLineWouldNotFit() {
        assertThat(printed(40, grid -> grid.row("n".repeat(60), "1,000 rows")))
                .isEqualTo("  " + "n".repeat(25) + "…  1,000 rows\n");
    }

    @Test
    void wideCharactersTakeTwoColumns() {
        assertThat(
                        printed(
                                80,
                                grid -> {
                                    grid.row("客户", "1");
                                    grid.row("abcd", "2");
                                }))
                .isEqualTo("  客户  1\n  abcd  2\n");
    }

    @Test
    void cellsAreHarmless() {
        assertThat(printed(80, grid -> grid.row("a\u001b[2J", "b\nc")))
                .doesNotContain("\u001b")
                .hasLineCount(1);
    }
}
