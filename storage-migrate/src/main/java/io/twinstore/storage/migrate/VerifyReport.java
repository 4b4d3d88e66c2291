package io.twinstore.storage.migrate;

import io.twinstore.storage.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a comparison of both sides found.
 *
 * @param tables each table's proof
 * @param faults what is wrong with keys, references and numbers; empty when all is as planned
 * @param samples questions that were put to both sides
 * @param startedAt when the comparison began
 * @param took how long it took
 */
public record VerifyReport(
        List<TableProof> tables,
        List<String> faults,
        List<Sample> samples,
        Instant startedAt,
        Duration took) {

    /**
     * A question that an application might ask, put to both sides. Answers count, times do not: the
     * source is a file of this machine, the target a server somewhere.
     *
     * @param table the table, as the source names it
     * @param query what was asked, without values
     * @param equal whether both answers are the same
     * @param rows how many rows the source answered with, or how many it counted
     * @param source how long the source took, the middle of three runs
     * @param target how long the target took, the middle of three runs, the way there and back
     *     included
     */
    public record Sample(
            String table,
            String query,
            boolean equal,
            long rows,
            Duration source,
            Duration target) {}

    /**
     * The proof for one table, both sides read anew.
     *
     * @param table its name in the source
     * @param sourceRows how many rows the source has
     * @param targetRows how many the target has
     * @param quarantined how many rows of the source are in quarantine
     * @param residue how many cells have their original in the residue
     * @param sourceSha256 the digest over all cells of the source, in hexadecimal
     * @param targetSha256 the digest over what target, residue and quarantine give back
     * @param different how many rows differ
     * @param differences the first ten of them: the row's key and the first column that differs
     * @param took how long the comparison took
     */
    public record TableProof(
            String table,
            long sourceRows,
            long targetRows,
            long quarantined,
            long residue,
            String sourceSha256,
            String targetSha256,
            long different,
            List<String> differences,
            Duration took) {

        /** Keeps a copy. */
        public TableProof {
            differences = List.copyOf(differences);
        }

        /** Returns the same proof with how long it took. */
        TableProof within(Duration measured) {
            return new TableProof(
                    table,
                    sourceRows,
                    targetRows,
                    quarantined,
                    residue,
                    sourceSha256,
                    targetSha256,
                    different,
                    differences,
                    measured);
        }

        /** Returns whether both sides are equal and no row is unaccounted for. */
        public boolean equal() {
            return different == 0
                    && sourceSha256.equals(targetSha256)
                    && sourceRows == targetRows + quarantined;
        }
    }

    /** Keeps copies. */
    public VerifyReport {
        tables = List.copyOf(tables);
        faults = List.copyOf(faults);
        samples = List.copyOf(samples);
    }

    /** Returns whether all tables and all answers are equal and nothing else is wrong. */
    public boolean equal() {
        return faults.isEmpty()
                && tables.stream().allMatch(TableProof::equal)
                && samples.stream().allMatch(Sample::equal);
    }

    /** Returns the report as JSON. */
    public Json toJson() {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("equal", equal());
        fields.put("faults", faults);
        fields.put("startedAt", startedAt.toString());
        fields.put("millis", took.toMillis());
        fields.put("samples", samples.stream().map(VerifyReport::fields).toList());
        fields.put("tables", tables.stream().map(VerifyReport::fields).toList());
        return Json.from(fields);
    }

    private static Map<String, @Nullable Object> fields(TableProof proof) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("table", proof.table());
        fields.put("equal", proof.equal());
        fields.put("sourceRows", proof.sourceRows());
        fields.put("targetRows", proof.targetRows());
        fields.put("quarantined", proof.quarantined());
        fields.put("residue", proof.residue());
        fields.put("sourceSha256", proof.sourceSha256());
        fields.put("targetSha256", proof.targetSha256());
        fields.put("different", proof.different());
        fields.put("differences", proof.differences());
        fields.put("millis", proof.took().toMillis());
        return fields;
    }

    private static Map<String, @Nullable Object> fields(Sample sample) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("table", sample.table());
        fields.put("query", sample.query());
        fields.put("equal", sample.equal());
        fields.put("rows", sample.rows());
        fields.put("sourceMicros", sample.source().toNanos() / 1000);
        fields.put("targetMicros", sample.target().toNanos() / 1000);
        return fields;
    }
}
