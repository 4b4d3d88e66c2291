package io.twinstore.storage.sqlite.legacy;

import io.twinstore.storage.Json;
import io.twinstore.storage.JsonKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The columns of sessions that take more than one of ours, or become rows. */
final class SessionColumns {

    private static final Set<String> STATUSES =
            Set.of("active", "completed", "failed", "cancelled");
    private static final int MOST_STATUS = 1000;
    private static final int MOST_NAME = 255;

    /** The columns of which a config is made, in v1. */
    private static final List<String> OF_CONFIG = List.of("bundle", "provider", "model", "config");

    private SessionColumns() {}

    /** The status; an unknown one reads {@code active}, and the metadata say what it was. */
    static Column status() {
        return Columns.of(
                "status",
                (row, to) -> {
                    Cell cell = row.cell("status");
                    boolean known = cell.text().filter(STATUSES::contains).isPresent();
                    to.put("status", known ? cell.shown() : "active");
                    if (!known) {
                        to.put("metadata", withStatus(to.find("metadata"), cell));
                    }
                },
                from -> Cell.text(from.text("status")));
    }

    private static @Nullable String withStatus(@Nullable String metadata, Cell status) {
        String object = metadata == null ? "{}" : metadata;
        String member =
                "\"legacy_status\": "
                        + Json.string(Columns.cut(status.shown(), MOST_STATUS)).text()
                        + "}";
        String start = object.substring(0, object.length() - 1);
        return LegacyJson.indexed(start + (object.equals("{}") ? "" : ", ") + member)
                .orElse(metadata);
    }

    /** The transcript, which becomes messages. */
    static Column transcript() {
        return new TranscriptColumn();
    }

    private static final class TranscriptColumn implements Column {

        @Override
        public String name() {
            return "transcript";
        }

        @Override
        public void forth(SourceRow row, Kept kept) {
            LegacyTranscript.elements(row.cell(name())).ifPresent(kept.messages()::addAll);
        }

        @Override
        public Cell back(Kept kept) {
            return LegacyTranscript.joined(kept.messages());
        }

        /** Says of how many messages it is, so that one that only grew is known. */
        @Override
        public String fingerprint(Kept kept) {
            return fingerprint(kept.messages());
        }

        private static String fingerprint(List<String> messages) {
            return messages.size() + ":" + LegacyTranscript.joined(messages).fingerprint();
        }

        @Override
        public Cell restored(Kept kept, Residue residue) {
            List<String> now = kept.messages();
            String told = residue.fingerprint();
            int before = Integer.parseInt(told.substring(0, told.indexOf(':')));
            if (now.size() < before || !fingerprint(now.subList(0, before)).equals(told)) {
                return back(kept);
            }
            return now.size() == before
                    ? residue.cell()
                    : LegacyTranscript.grown(
                                    residue.cell(), before == 0, now.subList(before, now.size()))
                            .orElseGet(() -> back(kept));
        }
    }

    /** The columns of v1 that become a config: one for each distinct combination. */
    static List<Column> ofConfig() {
        List<Column> columns = new ArrayList<>();
        for (String name : OF_CONFIG) {
            columns.add(
                    Columns.of(
                            name,
                            SessionColumns::config,
                            from -> name.equals("config") ? configOf(from) : partOf(from, name)));
        }
        return columns;
    }

    private static void config(SourceRow row, Kept to) {
        StringBuilder all = new StringBuilder();
        StringBuilder yaml = new StringBuilder("{");
        for (String name : OF_CONFIG) {
            Cell cell = row.cell(name);
            all.append(cell.fingerprint());
            yaml.append(yaml.length() == 1 ? "" : ", ")
                    .append('"')
                    .append(name)
                    .append("\": ")
                    .append(name.equals("config") ? document(cell) : string(cell));
        }
        to.put("config_id", LegacyId.made(Cell.text(all.toString()).fingerprint()));
        to.put("config_name", name(row));
        to.put("yaml_content", yaml.append("}").toString());
    }

    private static String string(Cell cell) {
        return cell.isNull() ? "null" : Json.string(cell.text().orElseGet(cell::shown)).text();
    }

    /** Returns the text itself where it is JSON, so that the way back gives it to the byte. */
    private static String document(Cell cell) {
        return cell.text().flatMap(LegacyJson::read).map(Json::text).orElse("null");
    }

    private static String name(SourceRow row) {
        for (String column : List.of("bundle", "model", "provider")) {
            String shown = Columns.cut(row.cell(column).shown(), MOST_NAME);
            if (!shown.isEmpty()) {
                return shown;
            }
        }
        return "v1";
    }

    private static Cell partOf(Kept kept, String name) {
        Optional<Json> document = madeOf(kept);
        if (document.isPresent()) {
            Json part = document.get().at("/" + name).orElseThrow();
            return part.kind() == JsonKind.STRING
                    ? Cell.text(String.valueOf(part.toJava()))
                    : Cell.NULL;
        }
        return name.equals("bundle") ? Cell.text(kept.text("config_name")) : Cell.NULL;
    }

    private static Cell configOf(Kept kept) {
        return madeOf(kept)
                .map(document -> document.at("/config").orElseThrow())
                .map(json -> json.kind() == JsonKind.NULL ? Cell.NULL : Cell.text(json.text()))
                .orElse(Cell.text("{}"));
    }

    /** Returns the config's content, if it is a document as the upgrade makes it. */
    private static Optional<Json> madeOf(Kept kept) {
        return LegacyJson.read(kept.text("yaml_content"))
                .filter(
                        json ->
                                OF_CONFIG.stream()
                                        .allMatch(name -> json.at("/" + name).isPresent()));
    }
}
