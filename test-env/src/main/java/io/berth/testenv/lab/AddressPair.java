package io.berth.testenv.lab;

import java.net.InetAddress;

/** The addresses that one host or router has on a lab's network. */
public record AddressPair(InetAddress ipv4, InetAddress ipv6) {}
