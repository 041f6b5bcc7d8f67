package io.berth.testenv.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PageTest {

    private static final Page EMPTY = new Page("# Benchmarks\n");

    @Test
    void sectionOfANewNameComesToTheEnd() {
        Page page = EMPTY.with("allocator", "first").with("bgp", "second");

        assertThat(page.text().lines())
                .filteredOn(line -> !line.isEmpty())
                .containsExactly(
                        "# Benchmarks",
                        "<!-- begin allocator: written by test-env/bench allocator, do not edit -->",
                        "first",
                        "<!-- end allocator -->",
                        "<!-- begin bgp: written by test-env/bench bgp, do not edit -->",
                        "second",
                        "<!-- end bgp -->");
    }

    @Test
    void sectionIsWrittenAnewWhereItStandsAndNoOtherIsTouched() {
        Page page = EMPTY.with("allocator", "first").with("bgp", "second");

        Page again = page.with("allocator", "$1 newer\n");

        assertThat(again.text()).isEqualTo(page.text().replace("first", "$1 newer"));
    }

    @Test
    void writingTheSameAgainChangesNothing() {
        Page page = EMPTY.with("allocator", "first").with("bgp", "second");

        assertThat(page.with("bgp", "second")).isEqualTo(page);
    }
}
