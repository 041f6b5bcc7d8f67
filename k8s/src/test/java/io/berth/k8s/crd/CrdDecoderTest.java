package io.berth.k8s.crd;

import static org.assertj.core.api.Assertions.assertThat;

import io.berth.k8s.resource.BGPPeer;
import io.berth.k8s.resource.Decoded;
import io.berth.k8s.resource.Resource;
import io.berth.k8s.resource.ResourceDecoder;
import io.berth.k8s.resource.UnservedOption;
import io.berth.k8s.resource.Warning;
import io.berth.k8s.resource.Warning.Reason;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The definitions beside the decoder: what the API server lets through is what Berth reads, field by field. */
class CrdDecoderTest {

    /** Kinds that are decoded field by field. An L2Advertisement is not read, and always reported. */
    private static final List<String> READ =
            List.of("IPAddressPool", "BGPAdvertisement", "BGPPeer", "BFDProfile", "Community");

    /** Fields of advertisements that are read to say that they are not served. */
    private static final Set<String> UNSERVED_OF_ADVERTISEMENTS = Set.of("spec.asPathPrepend");

    static Stream<Crd> kinds() {
        return READ.stream().map(Crd::of);
    }

    static Stream<Arguments> fields() {
        return kinds().flatMap(crd -> Crd.fields(crd.schema().at("/properties/spec")).entrySet().stream()
                .map(field -> Arguments.of(crd, field.getKey(), field.getValue())));
    }

    static Stream<Arguments> defaults() {
        return fields().filter(field -> ((JsonNode) field.get()[2]).has("default"));
    }

    private static Decoded decode(JsonNode object) {
        return ResourceDecoder.decode(object, "");
    }

    private static Resource valid(JsonNode object) {
        Decoded decoded = decode(object);
        assertThat(decoded).isInstanceOf(Decoded.Usable.class);
        return ((Decoded.Usable) decoded).resource();
    }

    private static List<String> errors(JsonNode object) {
        return switch (decode(object)) {
            case Decoded.Invalid invalid ->
                invalid.errors().stream().map(error -> error.message()).toList();
            case Decoded.Shut shut ->
                shut.errors().stream().map(error -> error.message()).toList();
            case Decoded.Usable _, Decoded.PassedOver _ -> List.of();
        };
    }

    private static List<Warning> warnings(JsonNode object) {
        return decode(object) instanceof Decoded.Usable(Resource _, List<Warning> warnings) ? warnings : List.of();
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void theDecoderLooksAtTheFieldsOfTheSchemaAndAtNoOthers(Crd crd) {
        Set<String> asked = new TreeSet<>();
        decode(Watched.of(Sample.full(crd), asked));

        Set<String> ofTheSchema = Crd.fields(crd.schema()).keySet().stream()
                .filter(path -> path.startsWith("spec."))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(asked.stream().filter(path -> path.startsWith("spec."))).containsExactlyElementsOf(ofTheSchema);
    }

    @ParameterizedTest
    @MethodSource("fields")
    void aValueOfTheTypeInTheSchemaIsRead(Crd crd, String path, JsonNode schema) {
        assertThat(errors(Sample.with(crd, topOf(path)))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("fields")
    void aValueOfAnotherTypeIsRefusedByTheDecoderToo(Crd crd, String path, JsonNode schema) {
        ObjectNode object = Sample.with(crd, topOf(path));
        Sample.spoil(object.path("spec"), path, schema);

        assertThat(errors(object)).anySatisfy(error -> assertThat(error).contains(path.replace("[]", "[0]")));
    }

    @ParameterizedTest
    @MethodSource("defaults")
    void theDefaultOfTheSchemaIsThatOfTheDecoder(Crd crd, String path, JsonNode schema) {
        ObjectNode object = Sample.least(crd);
        ((ObjectNode) object.path("spec")).set(path, schema.path("default"));

        assertThat(valid(object)).isEqualTo(valid(Sample.least(crd)));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void whatTheSchemaDemandsTheDecoderMissesToo(Crd crd) {
        for (JsonNode required : crd.schema().at("/properties/spec/required")) {
            ObjectNode object = Sample.least(crd);
            ((ObjectNode) object.path("spec")).remove(required.asString());
            assertThat(errors(object)).anySatisfy(error -> assertThat(error).contains("spec." + required.asString()));
        }
    }

    @ParameterizedTest
    @MethodSource("fields")
    void whatIsNotServedIsReportedAndNothingElseIs(Crd crd, String path, JsonNode schema) {
        String field = "spec." + topOf(path);
        ObjectNode object = Sample.with(crd, topOf(path));

        boolean reported = valid(object) instanceof BGPPeer peer
                ? !peer.notServed().isEmpty()
                : warnings(object).stream().anyMatch(warning -> warning.reason() == Reason.UNSUPPORTED_KIND);

        assertThat(reported).as(field).isEqualTo(unserved(crd).contains(field));
    }

    private static Set<String> unserved(Crd crd) {
        return switch (crd.kind()) {
            case "BGPPeer" ->
                Stream.of(UnservedOption.values()).map(UnservedOption::toString).collect(Collectors.toSet());
            case "BGPAdvertisement" -> UNSERVED_OF_ADVERTISEMENTS;
            default -> Set.of();
        };
    }

    /** A reader of kubectl explain learns it there. */
    @ParameterizedTest
    @MethodSource("kinds")
    void whatIsNotServedSaysSoInItsDescription(Crd crd) {
        Set<String> said = new HashSet<>();
        Crd.fields(crd.schema()).forEach((path, field) -> {
            if (field.path("description").asString().contains("not served")
                    || field.path("description").asString().contains("Not served")) {
                said.add(path);
            }
        });
        assertThat(said).isEqualTo(unserved(crd));
    }

    @Test
    void anL2AdvertisementIsReportedWhateverIsInIt() {
        Crd crd = Crd.of("L2Advertisement");

        assertThat(warnings(Sample.full(crd))).extracting(Warning::reason).containsExactly(Reason.UNSUPPORTED_KIND);
        assertThat(crd.schema().path("description").asString()).contains("Not served");
    }

    private static String topOf(String path) {
        return path.replaceFirst("[.\\[].*", "");
    }
}
