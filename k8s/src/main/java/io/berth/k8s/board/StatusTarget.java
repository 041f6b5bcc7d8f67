package io.berth.k8s.board;

/** An object of the configuration's namespace whose status a process keeps: "IPAddressPool", "team-a-ips". */
public record StatusTarget(String kind, String name) {}
