package io.berth.k8s.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class TableTest {

    @Test
    void columnsAreAsWideAsTheirWidestCell() {
        Table table = new Table(
                List.of("NAME", "POOL", "WHY"),
                List.of(List.of("web", "team-a-ips", "lowest free address"), List.of("a-long-name", "", "full")));

        assertThat(table.text()).isEqualTo("""
            NAME          POOL         WHY
            web           team-a-ips   lowest free address
            a-long-name                full
            """);
    }

    @Test
    void noBlanksEndALine() {
        Table table = new Table(List.of("NAME", "POOL"), List.of(List.of("web", "")));

        assertThat(table.text()).isEqualTo("NAME   POOL\nweb\n");
    }

    @Test
    void cellStaysInItsRowAndTellsATerminalNothing() {
        Table table = new Table(
                List.of("SERVICE", "MESSAGE"),
                List.of(List.of("web", "what\nother   Assigned"), List.of("api", "\u001b[2J")));

        assertThat(table.text()).isEqualTo("""
            SERVICE   MESSAGE
            web       what?other   Assigned
            api       ?[2J
            """);
    }

    @Test
    void rowWithAMissingCellIsAMistake() {
        assertThatThrownBy(() -> new Table(List.of("NAME", "POOL"), List.of(List.of("web"))))
                .hasMessageContaining("2 cells");
    }
}
