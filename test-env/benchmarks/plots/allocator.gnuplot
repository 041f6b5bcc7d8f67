# The plots of the allocator, of the figures in the file "figures": call with -e "figures='...'; plots='FOLDER'".
set datafile separator ","
set terminal svg size 820,470 font "sans-serif,14" background rgb "white"
set encoding utf8
set border 3 linewidth 1 linecolor rgb "#555555"
set tics nomirror textcolor rgb "#333333"
set grid xtics ytics linewidth 0.6 linecolor rgb "#dddddd"
set key left top Left reverse samplen 2 spacing 1.25
set style line 1 linewidth 2.5 pointtype 7 pointsize 0.7 linecolor rgb "#0b6e99"
set style line 2 linewidth 2.5 pointtype 5 pointsize 0.7 linecolor rgb "#c4552d"
set style line 3 linewidth 2.5 pointtype 9 pointsize 0.9 linecolor rgb "#5aa9c7"

of(contender, scenario, block) = sprintf("< grep '^%s,%s,%s,.*,nanoseconds,' '%s'", contender, scenario, block, figures)

set logscale xy
set format x "%.0s%c"
set ytics ("100 ns" 1e2, "1 µs" 1e3, "10 µs" 1e4, "100 µs" 1e5, "1 ms" 1e6, "10 ms" 1e7, "100 ms" 1e8, "1 s" 1e9, "10 s" 1e10)
set ylabel "one release and one decision"
# The bar: a million pairs a second.
set arrow 1 from graph 0, first 1e3 to graph 1, first 1e3 nohead linewidth 1.2 dashtype 2 linecolor rgb "#777777"
set label 1 "the bar: 1,000,000 pairs/s" at graph 0.99, first 5.5e2 right font ",12" textcolor rgb "#777777"

set output plots."/allocator-in-use.svg"
set title "A service goes and comes again: time over addresses in use"
set xlabel "addresses in use (one pool)"
set xrange [700:1400000]
set yrange [1e2:1e10]
plot of("metallb", "onePool", "10.0.0.0/8") using 4:6:7:8 with yerrorlines linestyle 2 title "MetalLB, 10.0.0.0/8", \
     of("berth", "onePool", "fd00::/64") using 4:6:7:8 with yerrorlines linestyle 3 title "Berth, IPv6 /64", \
     of("berth", "onePool", "10.0.0.0/8") using 4:6:7:8 with yerrorlines linestyle 1 title "Berth, 10.0.0.0/8"

set output plots."/allocator-pools.svg"
set title "A service goes and comes again: time over pools"
set xlabel "pools, each for a namespace of its own, 10 services in each"
set xrange [7:14000]
set yrange [1e2:1e7]
plot of("metallb", "poolEach", "10.0.0.0/8") using 4:6:7:8 with yerrorlines linestyle 2 title "MetalLB", \
     of("berth", "poolEach", "10.0.0.0/8") using 4:6:7:8 with yerrorlines linestyle 1 title "Berth"

set output plots."/allocator-start.svg"
set title "A cold start on one processor: 10,000 pools, 100,000 services"
unset arrow 1
unset label 1
unset logscale y
unset ylabel
unset ytics
set xlabel "time"
set grid xtics noytics
set format x
set xtics nomirror ("100 ms" 1e8, "1 s" 1e9, "10 s" 1e10, "100 s" 1e11)
set xrange [3e7:1e11]
set yrange [0.4:3.6]
set ytics nomirror ("pools read" 3, "services adopted" 2, "services allocated" 1)
set key right top
row(scenario) = scenario eq "pools" ? 3 : scenario eq "adopt" ? 2 : 1
started(contender) = sprintf("< grep -E '^%s,(pools|adopt|allocate),.*,nanoseconds,' '%s'", contender, figures)
plot started("berth") using 6:(row(strcol(2)) + 0.15):7:8 with xerrorbars linestyle 1 pointsize 1.1 title "Berth", \
     started("berth-c1") using 6:(row(strcol(2))):7:8 with xerrorbars linestyle 3 pointsize 1.1 title "Berth, C1 only", \
     started("metallb") using 6:(row(strcol(2)) - 0.15):7:8 with xerrorbars linestyle 2 pointsize 1.1 title "MetalLB"
