package io.twinstore.storage.migrate;

import io.twinstore.storage.ErrorCode;
import io.twinstore.storage.InvalidValueException;
import io.twinstore.storage.migrate.Survey.Missing;
import io.twinstore.storage.migrate.Survey.TargetState;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A survey as a plan's JSON has it. */
final class SurveyFields {

    private SurveyFields() {}

    static Map<String, @Nullable Object> write(Survey survey) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("at", survey.at().toString());
        fields.put("scanMillis", survey.scan().toMillis());
        fields.put("totalBytes", survey.totalBytes());
        fields.put("bytes", survey.bytes());
        fields.put("estimateMillis", survey.estimate().toMillis());
        fields.put("target", target(survey.target()));
        fields.put("missing", survey.missing().stream().map(SurveyFields::missing).toList());
        return fields;
    }

    private static Map<String, @Nullable Object> target(TargetState target) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("version", target.version());
        fields.put("schemaThere", target.schemaThere());
        fields.put("readOnly", target.readOnly());
        fields.put("connectionsFree", target.connectionsFree());
        fields.put("databaseBytes", target.databaseBytes());
        fields.put("linkBytesPerSecond", target.linkBytesPerSecond());
        return fields;
    }

    private static Map<String, @Nullable Object> missing(Missing missing) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("code", missing.code().name());
        fields.put("what", missing.what());
        fields.put("remedy", missing.remedy());
        return fields;
    }

    static Survey read(PlanFields fields) {
        return new Survey(
                instant(fields.text("at")),
                Duration.ofMillis(fields.number("scanMillis")),
                fields.object("bytes").numbers(),
                Duration.ofMillis(fields.number("estimateMillis")),
                target(fields.object("target")),
                fields.objects("missing").stream().map(SurveyFields::missing).toList());
    }

    private static Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw new InvalidValueException("plan.survey.at", "an instant of ISO 8601", text);
        }
    }

    private static TargetState target(PlanFields fields) {
        return new TargetState(
                fields.text("version"),
                fields.flag("schemaThere"),
                fields.flag("readOnly"),
                fields.number("connectionsFree"),
                fields.number("databaseBytes"),
                fields.number("linkBytesPerSecond"));
    }

    private static Missing missing(PlanFields fields) {
        return new Missing(
                fields.oneOf("code", ErrorCode.class, ErrorCode.values()),
                fields.text("what"),
                fields.text("remedy"));
    }
}
