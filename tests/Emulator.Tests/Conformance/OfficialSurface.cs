using System.Text.RegularExpressions;

namespace Serverless.Emulator.Tests.Conformance;

/// <summary>The union of the official lists, and what may differ from them.</summary>
internal sealed partial class OfficialSurface
{
    private readonly HashSet<string> _lines;
    private readonly Dictionary<string, TypeLine> _types;
    private readonly ILookup<string, string> _attributes;

    private OfficialSurface(IEnumerable<string> lines)
    {
        _lines = lines.ToHashSet(StringComparer.Ordinal);
        _types = _lines.Where(TypeLine.Is).Select(TypeLine.Parse).DistinctBy(type => type.Name).ToDictionary(type => type.Name);
        _attributes = _lines.Where(line => RestrictsUse().IsMatch(line)).ToLookup(line => line.Split(' ')[1]);
    }

    public static OfficialSurface Load() => new(
        Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "OfficialApi"), "*.txt").SelectMany(File.ReadLines));

    public static OfficialSurface Of(params IEnumerable<string> lines) => new(lines);

    /// <summary>What of a stand-in's surface code could use here and not in Azure; each fault names the wrong line.</summary>
    /// <remarks>
    /// A stand-in may lack members, bases and <c>Obsolete</c>, and may override what every object has. It may not lack an abstract or
    /// interface member of a type it declares: code that implements the type would be incomplete against the official one.
    /// </remarks>
    public IReadOnlyList<string> Faults(IReadOnlySet<string> standIn)
    {
        var faults = new List<string>();
        foreach (var line in standIn)
        {
            if (TypeLine.Is(line))
                faults.AddRange(FaultsOf(TypeLine.Parse(line)));
            else if (!_lines.Contains(line) && !MayDiffer().IsMatch(line))
                faults.Add($"not official: {line}");
        }

        foreach (var type in standIn.Where(TypeLine.Is).Select(TypeLine.Parse))
            faults.AddRange(BindingLinesOf(type).Where(line => !standIn.Contains(line)).Select(line => $"missing: {line}"));

        return faults;
    }

    private IEnumerable<string> FaultsOf(TypeLine type)
    {
        if (!_types.TryGetValue(type.Name, out var official))
        {
            yield return $"not official: {type.Line}";
            yield break;
        }

        if (type.Kind != official.Kind || type.Constraints != official.Constraints)
            yield return $"differs: {type.Line}{Environment.NewLine}    official: {official.Line}";

        var foreign = type.Bases.Except(official.Bases, StringComparer.Ordinal).ToList();
        if (foreign.Count > 0)
            yield return $"not official bases {string.Join(", ", foreign)}: {type.Line}";
    }

    /// <summary>
    /// Official lines whose absence makes the stand-in looser than the original: where an attribute may stand, and what a class that
    /// derives from the type or implements it must provide.
    /// </summary>
    private IEnumerable<string> BindingLinesOf(TypeLine type)
    {
        foreach (var line in _attributes[type.Name])
            yield return line;

        if (!type.Kind.EndsWith("interface", StringComparison.Ordinal) && !type.Kind.Contains("abstract", StringComparison.Ordinal))
            yield break;

        var isInterface = type.Kind.EndsWith("interface", StringComparison.Ordinal);
        var member = new Regex($@"^[MPE] \S+ (?<rest>.*) {Regex.Escape(type.Name)}\.(\w+(<[^(]*>)?\(|\w+$|\w+ \{{|this\[)");
        foreach (var line in _lines)
        {
            if (member.Match(line) is { Success: true } match && IsAbstract(match.Groups["rest"].Value, isInterface))
                yield return line;
        }
    }

    private static bool IsAbstract(string modifiers, bool isInterface) => isInterface
        ? !modifiers.StartsWith("default ", StringComparison.Ordinal) && !modifiers.StartsWith("static ", StringComparison.Ordinal)
        : modifiers.StartsWith("abstract ", StringComparison.Ordinal);

    [GeneratedRegex(@"^M public override .*\.(Equals\(System\.Object \w+\)|GetHashCode\(\)|ToString\(\))$|^A .* Obsolete\(")]
    private static partial Regex MayDiffer();

    [GeneratedRegex(@"^A \S+ (AttributeUsage\(|Flags$)")]
    private static partial Regex RestrictsUse();

    /// <summary><c>T public sealed class Name : Base, Face where T : class</c> taken apart.</summary>
    private sealed partial record TypeLine(string Line, string Kind, string Name, IReadOnlyList<string> Bases, string Constraints)
    {
        public static bool Is(string line) => line.StartsWith("T ", StringComparison.Ordinal);

        public static TypeLine Parse(string line)
        {
            var head = line;
            var constraints = "";
            if (head.IndexOf(" where ", StringComparison.Ordinal) is > 0 and var where)
                (head, constraints) = (head[..where], head[where..]);

            var bases = "";
            if (head.IndexOf(" : ", StringComparison.Ordinal) is > 0 and var colon)
                (head, bases) = (head[..colon], head[(colon + 3)..]);

            var name = KindPattern().Match(head);
            return new TypeLine(line, name.Groups["kind"].Value, name.Groups["name"].Value, [.. SplitTopLevel(bases)], constraints);
        }

        [GeneratedRegex(@"^(?<kind>T .*?\b(class|record|struct|interface|enum|delegate)) (?<name>.+)$")]
        private static partial Regex KindPattern();

        /// <summary>A comma within angle brackets separates type arguments, not bases.</summary>
        private static IEnumerable<string> SplitTopLevel(string list)
        {
            var depth = 0;
            var start = 0;
            for (var index = 0; index < list.Length; index++)
            {
                if (list[index] == '<')
                    depth++;
                else if (list[index] == '>')
                    depth--;
                else if (list[index] == ',' && depth == 0)
                {
                    yield return list[start..index];
                    start = index + 2;
                }
            }

            if (list.Length > 0)
                yield return list[start..];
        }
    }
}
