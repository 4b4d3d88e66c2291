package io.twinstore.storage.migrate;

import io.twinstore.storage.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a comparison of both sides found.
 *
 * @param tables each table's proof
 * @param faults what is wrong with keys, references and numbers; empty when all is as planned
 */
public record VerifyReport(List<TableProof> tables, List<String> faults) {

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
            List<String> differences) {

        /** Keeps a copy. */
        public TableProof {
            differences = List.copyOf(differences);
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
    }

    /** Returns whether all tables are equal and nothing else is wrong. */
    public boolean equal() {
        return faults.isEmpty() && tables.stream().allMatch(TableProof::equal);
    }

    /** Returns the report as JSON. */
    public Json toJson() {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("equal", equal());
        fields.put("faults", faults);
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
        return fields;
    }
}
