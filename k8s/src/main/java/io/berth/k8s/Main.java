package io.berth.k8s;

/** The process called berth. */
public final class Main {

    private Main() {}

    public static void main(String[] arguments) {
        System.err.println("berth: no command");
        System.exit(2);
    }
}
