package io.berth.testenv.faults;

import io.berth.testenv.BerthProcess;
import io.berth.testenv.Eventually;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;

/** What can happen in a round, and how. Each ends with the API server there, nobody paused, and as many controllers as before. */
record Scene(Ground ground, Crew crew, Traffic traffic, RandomGenerator random) {

    private static final Duration A_MINUTE = Duration.ofMinutes(1);

    /** A write gives up after 5 s, a term after 9 s without renewal. */
    private static final Duration LONGER_THAN_A_TERM = Duration.ofSeconds(10);

    void play(Fault fault) {
        switch (fault) {
            case CONTROLLER_KILLED -> killController();
            case CONTROLLER_KILLED_WHILE_WRITING -> killControllerWhileItWrites();
            case CONTROLLER_PAUSED -> pauseController();
            case CONTROLLER_TOLD_TO_END -> endController();
            case SPEAKER_KILLED -> killSpeaker();
            case API_SERVER_KILLED -> killApiServer();
            case API_SERVER_GONE_FOR_A_MINUTE -> stopApiServerForAMinute();
            case API_SERVER_PAUSED -> pauseApiServer();
            case WATCHES_EXPIRED -> expireWatches();
        }
    }

    private void killController() {
        BerthProcess gone = crew.decider(random);
        traffic.awaitMore(random.nextInt(20));
        gone.kill();
        succeed(gone);
    }

    /** What it has sent when it dies, the API server takes in afterwards. */
    private void killControllerWhileItWrites() {
        BerthProcess gone = crew.decider(random);
        traffic.awaitMore(random.nextInt(20));
        ground.server().pause();
        try {
            gone.kill();
        } finally {
            ground.server().unpause();
        }
        succeed(gone);
    }

    private void succeed(BerthProcess gone) {
        crew.replace(gone);
        crew.awaitAnotherThan(gone);
        traffic.awaitMore(20);
    }

    /** Until another one decides; then there are two who think that they do. */
    private void pauseController() {
        BerthProcess paused = crew.decider(random);
        traffic.awaitMore(random.nextInt(20));
        paused.pause();
        try {
            crew.awaitAnotherThan(paused);
            traffic.awaitMore(30);
        } finally {
            paused.unpause();
        }
        traffic.awaitMore(20);
    }

    private void endController() {
        BerthProcess gone = crew.decider(random);
        traffic.awaitMore(random.nextInt(20));
        gone.terminate();
        succeed(gone);
    }

    private void killSpeaker() {
        traffic.awaitMore(random.nextInt(20));
        crew.replaceSpeaker();
        traffic.awaitMore(20);
    }

    private void killApiServer() {
        traffic.awaitMore(random.nextInt(20));
        ground.server().kill();
        ground.server().startAgain();
        traffic.awaitMore(20);
    }

    private void stopApiServerForAMinute() {
        traffic.awaitMore(random.nextInt(20));
        ground.server().stop();
        pass(A_MINUTE);
        ground.server().startAgain();
        traffic.awaitMore(20);
    }

    private void pauseApiServer() {
        traffic.awaitMore(random.nextInt(20));
        ground.server().pause();
        try {
            pass(LONGER_THAN_A_TERM);
        } finally {
            ground.server().unpause();
        }
        traffic.awaitMore(20);
    }

    private static void pass(Duration time) {
        long start = System.nanoTime();
        Eventually.eventually(time.multipliedBy(2), System::nanoTime, now -> now - start > time.toNanos());
    }

    /** Controllers stand still meanwhile, and afterwards cannot be told what they missed. */
    private void expireWatches() {
        traffic.awaitMore(random.nextInt(20));
        List<BerthProcess> paused = crew.controllers();
        paused.forEach(BerthProcess::pause);
        try {
            ground.server().forgetHistory();
            traffic.awaitMore(40);
        } finally {
            paused.forEach(BerthProcess::unpause);
        }
        traffic.awaitMore(20);
    }
}
