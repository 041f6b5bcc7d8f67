// Puts MetalLB's own allocator through the scenarios of test-env/benchmarks and prints what it took, as the same CSV.
//
// The allocator is an internal package, so this file is only compiled inside a copy of MetalLB's module, which
// test-env/bench makes. It calls what MetalLB's controller calls: config.For and SetPools when the configuration changes,
// Assign for a service that has an address already, Allocate for one that has none, Unassign for one that goes.
//
//	bench churn|pools|adopt|allocate [-quick]
package main

import (
	"flag"
	"fmt"
	"math"
	"net"
	"os"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"time"

	corev1 "k8s.io/api/core/v1"
	metav1 "k8s.io/apimachinery/pkg/apis/meta/v1"

	"go.universe.tf/metallb/api/v1beta1"
	"go.universe.tf/metallb/internal/allocator"
	"go.universe.tf/metallb/internal/allocator/k8salloc"
	"go.universe.tf/metallb/internal/config"
	"go.universe.tf/metallb/internal/ipfamily"
)

const (
	servicesEach  = 10
	addressesEach = 16
)

// pace is how long to look at one point.
type pace struct {
	slices int           // the figure is the median of these, beside their lowest and highest
	slice  time.Duration // of each
	limit  time.Duration // of a start
	most   int           // addresses in use
	pools  []int
	start  int // namespaces
}

var (
	full = pace{slices: 6, slice: 500 * time.Millisecond, limit: time.Minute, most: 1_000_000,
		pools: []int{10, 100, 1_000, 10_000}, start: 10_000}
	quick = pace{slices: 2, slice: 100 * time.Millisecond, limit: 5 * time.Second, most: 100_000,
		pools: []int{10, 100, 1_000}, start: 1_000}
)

func main() {
	flags := flag.NewFlagSet("bench", flag.ExitOnError)
	hurry := flags.Bool("quick", false, "a smoke run")
	if len(os.Args) < 2 || flags.Parse(os.Args[2:]) != nil {
		fail("bench churn|pools|adopt|allocate [-quick]")
	}
	p := full
	if *hurry {
		p = quick
	}
	switch os.Args[1] {
	case "churn":
		churn(p)
	case "pools", "adopt", "allocate":
		start(os.Args[1], p)
	default:
		fail("no scenario " + os.Args[1])
	}
}

// service is one that wants an address, as the controller hands it to the allocator.
type service struct {
	key     string
	object  *corev1.Service
	family  ipfamily.Family
	ports   []allocator.Port
	backend string
}

func newService(namespace string, number int, family ipfamily.Family) *service {
	name := "service-" + strconv.Itoa(number)
	clusterIP := "10.96.0.1"
	if family == ipfamily.IPv6 {
		clusterIP = "fd96::1"
	}
	object := &corev1.Service{
		ObjectMeta: metav1.ObjectMeta{Namespace: namespace, Name: name},
		Spec: corev1.ServiceSpec{
			Type:       corev1.ServiceTypeLoadBalancer,
			ClusterIP:  clusterIP,
			ClusterIPs: []string{clusterIP},
			Ports:      []corev1.ServicePort{{Protocol: corev1.ProtocolTCP, Port: 80}},
		},
	}
	return &service{namespace + "/" + name, object, family, k8salloc.Ports(object), k8salloc.BackendKey(object)}
}

func pool(name, block string, namespaces ...string) v1beta1.IPAddressPool {
	made := v1beta1.IPAddressPool{
		ObjectMeta: metav1.ObjectMeta{Name: name},
		Spec:       v1beta1.IPAddressPoolSpec{Addresses: []string{block}},
	}
	if len(namespaces) > 0 {
		made.Spec.AllocateTo = &v1beta1.ServiceAllocation{Namespaces: namespaces}
	}
	return made
}

// population is services that have one address each, and come and go so that always as many have one.
type population struct {
	ips      *allocator.Allocator
	services []*service
	turns    int
}

// configured is an allocator that works with these pools. The controller's allocator tells a channel of every change of a
// pool's counters; here nobody listens.
func configured(pools []v1beta1.IPAddressPool) *allocator.Allocator {
	parsed, err := config.For(config.ClusterResources{Pools: pools}, config.DontValidate, config.ForOptions{})
	check(err)
	ips := allocator.New(func(string) {})
	ips.SetPools(parsed.Pools)
	return ips
}

func onePool(block string) *population {
	return &population{configured([]v1beta1.IPAddressPool{pool("pool", block)}), nil, 0}
}

// growTo adds services until the lowest so many addresses of the block are in use.
func (p *population) growTo(used int, block string) {
	family, first := familyOf(block)
	for i := len(p.services); i < used; i++ {
		p.adopt(newService("namespace", i, family), address(first, i))
	}
}

func poolEach(namespaces int) *population {
	made := &population{configured(tenantPools(namespaces)), nil, 0}
	for i := range namespaces {
		services, addresses := tenantServices(i)
		for j, s := range services {
			made.adopt(s, addresses[j])
		}
	}
	return made
}

func tenantName(i int) string { return "namespace-" + strconv.Itoa(i) }

func tenantPools(namespaces int) []v1beta1.IPAddressPool {
	var pools []v1beta1.IPAddressPool
	for i := range namespaces {
		block := address(net.IPv4(10, 0, 0, 0), i*addressesEach).String() + "/28"
		pools = append(pools, pool("pool-"+tenantName(i), block, tenantName(i)))
	}
	return pools
}

func tenantServices(i int) (services []*service, addresses []net.IP) {
	for j := range servicesEach {
		services = append(services, newService(tenantName(i), j, ipfamily.IPv4))
		addresses = append(addresses, address(net.IPv4(10, 0, 0, 0), i*addressesEach+j))
	}
	return services, addresses
}

func (p *population) adopt(s *service, ip net.IP) {
	check(p.ips.Assign(s.key, s.object, []net.IP{ip}, s.ports, "", s.backend))
	p.services = append(p.services, s)
}

func (p *population) allocate(s *service) {
	_, err := p.ips.Allocate(s.key, s.object, s.family, s.ports, "", s.backend)
	check(err)
}

// turnOver lets a service go and come again. Where a turn is slow few are looked at, and what one takes depends on where the
// address lies; so the turns are not drawn at random but spread evenly, by the golden ratio.
func (p *population) turnOver() {
	p.turns++
	_, part := math.Modf(float64(p.turns) * (math.Sqrt(5) - 1) / 2)
	s := p.services[int(part*float64(len(p.services)))]
	p.ips.Unassign(s.key)
	p.allocate(s)
}

func (p *population) verify() {
	served := 0
	for _, s := range p.services {
		if p.ips.Pool(s.key) != "" {
			served++
		}
	}
	if served != len(p.services) {
		fail(fmt.Sprintf("%d of %d services have an address", served, len(p.services)))
	}
}

func churn(p pace) {
	const bar = 58_982 // nine tenths of a /16
	for _, at := range []struct {
		block string
		used  []int
	}{
		{"10.0.0.0/16", []int{bar}},
		{"10.0.0.0/8", []int{1_000, 10_000, bar, 100_000, 500_000, 1_000_000}},
		{"fd00::/64", []int{bar}},
	} {
		people := onePool(at.block)
		for _, used := range at.used {
			if used <= p.most {
				people.growTo(used, at.block)
				measure("onePool", at.block, used, p, people)
			}
		}
	}
	for _, pools := range p.pools {
		measure("poolEach", "10.0.0.0/8", pools, p, poolEach(pools))
	}
}

// measure looks at one point for as long as the pace says, after a tenth of that to warm up.
func measure(scenario, block string, size int, p pace, people *population) {
	runtime.GC()
	slice(people, p.slice*time.Duration(p.slices)/10)
	var times, bytes []float64
	for range p.slices {
		took, allocated := slice(people, p.slice)
		times = append(times, took)
		bytes = append(bytes, allocated)
	}
	people.verify()
	print(scenario, block, size, "nanoseconds", times...)
	print(scenario, block, size, "allocated-bytes", bytes...)
}

// slice turns over until the time is up, at least once, and says what one turn took. The clock is asked ever more
// seldom as long as that is still often enough.
func slice(people *population, budget time.Duration) (nanoseconds, bytes float64) {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	begun := time.Now()
	done, step, elapsed := 0, 1, time.Duration(0)
	for elapsed < budget {
		for range step {
			people.turnOver()
		}
		done += step
		elapsed = time.Since(begun)
		if elapsed < budget/100 {
			step *= 2
		}
	}
	runtime.ReadMemStats(&after)
	return float64(elapsed.Nanoseconds()) / float64(done), float64(after.TotalAlloc-before.TotalAlloc) / float64(done)
}

// start does one thing once, from nothing, until it is done or the time is up.
func start(what string, p pace) {
	pools := tenantPools(p.start)
	begun := time.Now()
	made := &population{configured(pools), nil, 0}
	elapsed := time.Since(begun)
	done := 0
	if what != "pools" {
		var services []*service
		var addresses []net.IP
		for i := range p.start {
			s, a := tenantServices(i)
			services, addresses = append(services, s...), append(addresses, a...)
		}
		begun = time.Now()
		for i, s := range services {
			if what == "adopt" {
				made.adopt(s, addresses[i])
			} else {
				made.allocate(s)
			}
			done++
			if done%100 == 0 && time.Since(begun) > p.limit {
				break
			}
		}
		elapsed = time.Since(begun)
		print(what, "10.0.0.0/8", p.start, "services", float64(done))
	}
	made.services = nil
	runtime.GC()
	var memory runtime.MemStats
	runtime.ReadMemStats(&memory)
	print(what, "10.0.0.0/8", p.start, "nanoseconds", float64(elapsed.Nanoseconds()))
	print(what, "10.0.0.0/8", p.start, "live-heap-bytes", float64(memory.HeapAlloc))
	print(what, "10.0.0.0/8", p.start, "peak-rss-bytes", peakResidentBytes())
	runtime.KeepAlive(made)
}

func peakResidentBytes() float64 {
	status, err := os.ReadFile("/proc/self/status")
	check(err)
	for _, line := range strings.Split(string(status), "\n") {
		if value, found := strings.CutPrefix(line, "VmHWM:"); found {
			kib, err := strconv.ParseFloat(strings.TrimSpace(strings.TrimSuffix(value, "kB")), 64)
			check(err)
			return kib * 1024
		}
	}
	fail("no VmHWM in /proc/self/status")
	return 0
}

func familyOf(block string) (ipfamily.Family, net.IP) {
	_, parsed, err := net.ParseCIDR(block)
	check(err)
	return ipfamily.ForCIDR(parsed), parsed.IP
}

// address is the one this far from the first.
func address(first net.IP, offset int) net.IP {
	ip := append(net.IP(nil), first.To16()...)
	for i := len(ip) - 1; offset > 0; i-- {
		offset += int(ip[i])
		ip[i] = byte(offset)
		offset >>= 8
	}
	if four := ip.To4(); four != nil {
		return four
	}
	return ip
}

// print writes the median of the samples with the lowest and the highest.
func print(scenario, block string, size int, metric string, samples ...float64) {
	slices.Sort(samples)
	last := len(samples) - 1
	median := (samples[last/2] + samples[(last+1)/2]) / 2
	fmt.Printf("metallb,%s,%s,%d,%s,%.1f,%.1f,%.1f\n", scenario, block, size, metric, median, samples[0], samples[last])
}

func check(err error) {
	if err != nil {
		fail(err.Error())
	}
}

func fail(why string) {
	fmt.Fprintln(os.Stderr, why)
	os.Exit(1)
}
