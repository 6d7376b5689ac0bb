package engine

import (
	"slices"
	"strings"

	"github.com/open-policy-agent/opa/v1/ast"
)

// allowed lists the builtins rules may call. Left out is what reaches the
// network, the clock, the host or randomness, and what a deadline can't stop,
// such as bits.lsh. A list of what is allowed, not of what is forbidden, since
// forbidden ones could be reached by mocking (OPA advisory GO-2022-0978).
const allowed = `
	eq equal neq assign lt lte gt gte
	plus minus mul div rem abs ceil floor round
	and or union intersection minus set_diff
	internal.member_2 internal.member_3 internal.template_string
	count sum product max min sort all any
	array.concat array.flatten array.reverse array.slice
	object.filter object.get object.keys object.remove object.subset object.union object.union_n
	concat contains endswith format_int indexof indexof_n lower replace split sprintf startswith
	strings.any_prefix_match strings.any_suffix_match strings.count strings.replace_n strings.reverse
	substring trim trim_left trim_prefix trim_right trim_space trim_suffix upper
	regex.is_valid regex.match regex.split regex.find_n regex.replace glob.match glob.quote_meta
	is_array is_boolean is_null is_number is_object is_set is_string type_name to_number
	base64.decode base64.encode base64url.decode base64url.encode hex.decode hex.encode
	json.filter json.is_valid json.marshal json.remove json.unmarshal urlquery.decode urlquery.encode
	time.add_date time.clock time.date time.diff time.format time.parse_duration_ns time.parse_ns
	time.parse_rfc3339_ns time.weekday
	net.cidr_contains net.cidr_is_valid semver.compare semver.is_valid uuid.parse
	graph.reachable walk rego.metadata.chain rego.metadata.rule
`

// capabilities returns what rules may use of OPA.
func capabilities() *ast.Capabilities {
	names := strings.Fields(allowed)
	c := ast.CapabilitiesForThisVersion()
	c.Builtins = slices.DeleteFunc(c.Builtins, func(b *ast.Builtin) bool { return !slices.Contains(names, b.Name) })
	c.AllowNet = []string{}
	return c
}
