package io.twinstore.storage.integration;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jdbi.v3.core.extension.annotation.UseExtensionHandler;

/**
 * Where SQL stands in the main classes of the engine and of an adapter, found on the class path, so
 * that what is added later is audited without being listed here.
 */
final class SqlObjects {

    private static final String ENGINE = "io.twinstore.storage.jdbi";

    private static final Pattern STATEMENT =
            Pattern.compile("\\s*(with|select|insert|update|delete)\\s.*", Pattern.DOTALL);

    private SqlObjects() {}

    /**
     * Returns the SQL Objects that run on the adapter's database: its own ones, and those of the
     * engine that it does not extend.
     */
    static List<Class<?>> of(String adapterPackage) {
        List<Class<?>> own = interfaces(adapterPackage);
        List<Class<?>> all = new ArrayList<>(own);
        interfaces(ENGINE).stream()
                .filter(dao -> own.stream().noneMatch(dao::isAssignableFrom))
                .forEach(all::add);
        return all;
    }

    /** Returns the constants of the adapter and the engine that are whole statements, by place. */
    static Map<String, String> constants(String adapterPackage) {
        Map<String, String> found = new TreeMap<>();
        Stream.of(ENGINE, adapterPackage)
                .flatMap(name -> classes(name).stream())
                .map(JavaClass::reflect)
                .flatMap(type -> Arrays.stream(type.getDeclaredFields()))
                .filter(field -> field.getType() == String.class)
                .filter(field -> Modifier.isStatic(field.getModifiers()))
                .forEach(
                        field -> {
                            String text = text(field);
                            if (STATEMENT.matcher(text).matches()) {
                                found.put(
                                        field.getDeclaringClass().getSimpleName()
                                                + "."
                                                + field.getName(),
                                        text);
                            }
                        });
        return found;
    }

    private static String text(Field field) {
        try {
            field.setAccessible(true);
            Object value = field.get(null);
            return value == null ? "" : (String) value;
        } catch (IllegalAccessException e) {
            throw new AssertionError(e);
        }
    }

    private static List<Class<?>> interfaces(String packageName) {
        return classes(packageName).stream()
                .filter(JavaClass::isInterface)
                .filter(type -> !type.getModifiers().contains(JavaModifier.SYNTHETIC))
                .<Class<?>>map(JavaClass::reflect)
                .filter(SqlObjects::isSqlObject)
                .toList();
    }

    /** One that has a statement of its own or takes one over. */
    static boolean isSqlObject(Class<?> type) {
        return Arrays.stream(type.getMethods()).anyMatch(SqlObjects::hasSql);
    }

    static boolean hasSql(Method method) {
        return Arrays.stream(method.getAnnotations())
                .anyMatch(a -> a.annotationType().isAnnotationPresent(UseExtensionHandler.class));
    }

    private static JavaClasses classes(String packageName) {
        return new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages(packageName);
    }
}
