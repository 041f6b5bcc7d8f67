package io.berth.metrics.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatusPageTest {

    @Test
    void thePageAndWhatItLoadsAreServedWithTheirTypes() {
        assertThat(file("/").contentType()).isEqualTo("text/html; charset=utf-8");
        assertThat(file("/").body()).contains("src=\"status.js\"", "href=\"status.css\"");
        assertThat(file("/status.js").contentType()).startsWith("text/javascript");
        assertThat(file("/status.css").contentType()).startsWith("text/css");
    }

    @Test
    void everySectionOfThePageIsDrawnByTheScript() {
        assertThat(new String[] {"pools", "namespaces", "allocations", "peers", "routes"})
                .allSatisfy(section -> {
                    assertThat(file("/").body())
                            .contains("<section id=\"" + section + "\"", "href=\"#" + section + "\"");
                    assertThat(file("/status.js").body()).contains("  " + section + ": {needs: ");
                });
    }

    @Test
    void nothingIsInlineThatThePolicyForbids() {
        assertThat(file("/").body())
                .doesNotContain("<style", "style=", "javascript:")
                .doesNotContainPattern("<script(?! src=\"status\\.js\" defer></script>)")
                .doesNotContainPattern("\\son[a-z]+=");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/status.css", "/status.js"})
    void nothingIsLoadedFromElsewhere(String path) {
        String withoutNamespace = file(path).body().replace("xmlns='http://www.w3.org/2000/svg'", "");

        assertThat(withoutNamespace).doesNotContain("http:", "https:", "\"//", "'//", "@import", "url(");
    }

    @Test
    void namesFromTheClusterAreNeverMarkup() {
        assertThat(file("/status.js").body())
                .doesNotContain("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", "Function(");
    }

    private static Response file(String path) {
        return Router.EMPTY.with(StatusPage.pages()).answer(new Request("GET", path, Map.of(), "*/*"));
    }
}
