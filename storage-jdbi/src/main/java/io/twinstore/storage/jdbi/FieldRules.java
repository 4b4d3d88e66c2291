package io.twinstore.storage.jdbi;

import io.twinstore.storage.InvalidValueException;
import io.twinstore.storage.Json;
import io.twinstore.storage.JsonKind;
import io.twinstore.storage.spi.IndexedJson;
import io.twinstore.storage.spi.TextRules;
import java.io.StringReader;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;

/** The bounds of the fields, checked before anything is written and alike in every adapter. */
final class FieldRules {

    private static final int YAML_CHARACTERS = 10_000_000;

    /**
     * How many aliases may stand for collections: few are enough to unfold into billions of nodes
     * at the reader's.
     */
    private static final int MAX_ALIASES = 50;

    private FieldRules() {}

    static String name(String field, String value) {
        return TextRules.require(field, value, 1, 255);
    }

    static @Nullable String description(@Nullable String value) {
        return value == null ? null : TextRules.require("config.description", value, 0, 10_000);
    }

    /** Returns the object in the form in which both databases keep it. */
    static Json object(String field, Json value) {
        if (value.kind() != JsonKind.OBJECT) {
            throw new InvalidValueException(field, "a JSON object", value.text());
        }
        return IndexedJson.normalize(field, value);
    }

    /**
     * Checks that the text is well-formed YAML. Nothing is constructed from it, so no tag and no
     * alias can do harm.
     */
    static String yaml(String value) {
        TextRules.require("config.yaml", value, 0, YAML_CHARACTERS);
        LoaderOptions limits = new LoaderOptions();
        limits.setCodePointLimit(YAML_CHARACTERS);
        limits.setNestingDepthLimit(100);
        limits.setMaxAliasesForCollections(MAX_ALIASES);
        try {
            new Yaml(new SafeConstructor(limits))
                    .composeAll(new StringReader(value))
                    .forEach(node -> {});
        } catch (MarkedYAMLException e) {
            throw new InvalidValueException("config.yaml", "well-formed YAML: " + place(e), null);
        } catch (YAMLException | IllegalArgumentException e) {
            throw new InvalidValueException(
                    "config.yaml",
                    "readable YAML, nested at most 100 deep and with at most "
                            + MAX_ALIASES
                            + " aliases of collections",
                    null);
        }
        return value;
    }

    /**
     * Says where and what, without the excerpt that the parser adds: a config may hold a secret.
     */
    private static String place(MarkedYAMLException e) {
        return e.getProblemMark() == null
                ? "malformed"
                : "malformed at line "
                        + (e.getProblemMark().getLine() + 1)
                        + ", column "
                        + (e.getProblemMark().getColumn() + 1);
    }
}
