package io.berth.allocator;

import java.util.List;

/** What a search for addresses came to, with what it noted of each pool on its way. */
sealed interface Choice {

    List<Verdict> noted();

    /** These addresses can be given. */
    record Found(Pool pool, List<Address> addresses, List<Verdict> noted) implements Choice {}

    /** None can. */
    record None(Refusal refusal, List<Verdict> noted) implements Choice {}
}
