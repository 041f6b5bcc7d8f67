package io.berth.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class MetersTest {

    @Test
    void everyMeterIsInTheTable() {
        List<Object> constants = Arrays.stream(Meters.class.getDeclaredFields())
                .filter(field -> Modifier.isStatic(field.getModifiers()) && field.getType() == Meter.class)
                .map(MetersTest::value)
                .toList();

        assertThat(Meters.ALL)
                .hasSameSizeAs(constants)
                .hasSameElementsAs(constants.stream().map(Meter.class::cast).toList());
    }

    @Test
    void namesFollowTheCustomsOfPrometheus() {
        assertThat(Meters.ALL).extracting(Meter::name).doesNotHaveDuplicates();
        assertThat(Meters.ALL).allSatisfy(meter -> {
            assertThat(meter.name()).matches("berth_[a-z0-9_]+");
            assertThat(meter.name().endsWith("_total")).isEqualTo(meter.type() == Meter.Type.COUNTER);
            assertThat(meter.name().endsWith("_info")).isEqualTo(meter.type() == Meter.Type.INFO);
            assertThat(meter.labels()).allMatch(label -> label.matches("[a-z_]+"));
            assertThat(meter.help()).endsWith(".");
        });
    }

    private static Object value(Field field) {
        try {
            return field.get(null);
        } catch (IllegalAccessException unexpected) {
            throw new AssertionError(unexpected);
        }
    }
}
