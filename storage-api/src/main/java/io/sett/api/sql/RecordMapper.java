// SPDX-License-Identifier: Apache-2.0
package io.sett.api.sql;

import io.sett.api.error.ErrorCode;
import io.sett.api.error.InvalidOperationException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Makes records of rows through their canonical constructor; remembers where the columns of the last result lie. */
final class RecordMapper<R extends Record> implements RowMapper<R> {

    private record Layout(List<String> columns, int[] indexes) {
    }

    private final Class<R> type;
    private final MethodHandle constructor;
    private final String[] names;
    private final ComponentReader[] readers;
    private volatile @Nullable Layout layout;

    RecordMapper(MethodHandles.Lookup lookup, Class<R> type) {
        RecordComponent[] components = type.getRecordComponents();
        Class<?>[] types = Stream.of(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            this.constructor = lookup.findConstructor(type, MethodType.methodType(void.class, types))
                    .asFixedArity().asSpreader(Object[].class, types.length)
                    .asType(MethodType.methodType(Object.class, Object[].class));
        } catch (NoSuchMethodException | IllegalAccessException closed) {
            throw new InvalidOperationException(ErrorCode.INVALID_ARGUMENT, "The constructor of record "
                    + type.getName() + " is not accessible to the lookup of " + lookup.lookupClass().getName()
                    + "; pass MethodHandles.lookup() of a class that sees it", Map.of("type", type.getName()), closed);
        }
        this.type = type;
        this.names = Stream.of(components).map(RecordComponent::getName).toArray(String[]::new);
        this.readers = Stream.of(components)
                .map(component -> ComponentReader.of(component.getGenericType(),
                        type.getName() + "." + component.getName()))
                .toArray(ComponentReader[]::new);
    }

    @Override
    public R map(Row row) {
        int[] indexes = indexes(row.columnNames());
        Object[] arguments = new Object[indexes.length];
        for (int i = 0; i < indexes.length; i++) {
            arguments[i] = readers[i].read(row, indexes[i]);
        }
        return construct(arguments);
    }

    private R construct(Object[] arguments) {
        try {
            return type.cast(constructor.invokeExact(arguments));
        } catch (RuntimeException | Error own) {
            throw own;
        } catch (Throwable checked) {
            throw new IllegalStateException("The constructor of record " + type.getName() + " failed", checked);
        }
    }

    private int[] indexes(List<String> columns) {
        Layout known = layout;
        if (known == null || !(known.columns == columns || known.columns.equals(columns))) {
            known = new Layout(columns, Arrays.stream(names).mapToInt(name -> index(columns, name)).toArray());
            layout = known;
        }
        return known.indexes;
    }

    private int index(List<String> columns, String component) {
        String snake = component.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
        for (String wanted : List.of(component, snake)) {
            for (int i = 0; i < columns.size(); i++) {
                if (columns.get(i).equalsIgnoreCase(wanted)) {
                    return i;
                }
            }
        }
        throw Checks.invalid("The result has no column '" + component + "' or '" + snake + "' for record "
                + type.getName() + "; its columns are " + columns);
    }
}
