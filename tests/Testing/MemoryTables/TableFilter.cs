using System.Globalization;
using System.Text;

namespace Serverless.Testing;

/// <summary>An OData filter as <see cref="Azure.Data.Tables.TableClient.CreateQueryFilter(FormattableString)"/> writes it.</summary>
/// <remarks>A column that a row does not have, or has with another type, fulfils no comparison.</remarks>
internal sealed class TableFilter
{
    private readonly Node? root;

    private TableFilter(Node? root)
    {
        this.root = root;
        foreach (var comparison in Conjunction(root))
        {
            if (comparison is { Column: "PartitionKey" or "RowKey", Value: string key })
            {
                var (from, to) = comparison.Column == "PartitionKey" ? Partitions : Rows;
                from = comparison.Operator is "eq" or "gt" or "ge" && string.CompareOrdinal(key, from) > 0 ? key : from;
                to = comparison.Operator is "eq" or "lt" or "le" && (to is null || string.CompareOrdinal(key, to) < 0) ? key : to;
                (Partitions, Rows) = comparison.Column == "PartitionKey" ? ((from, to), Rows) : (Partitions, (from, to));
            }
        }
    }

    /// <summary>Both inclusive; no other partition can match. Null is open.</summary>
    public (string? From, string? To) Partitions { get; }

    /// <summary>Both inclusive; no row with another key can match.</summary>
    public (string? From, string? To) Rows { get; }

    /// <exception cref="Azure.RequestFailedException">400: not a filter.</exception>
    public static TableFilter Parse(string? filter) => string.IsNullOrWhiteSpace(filter) ? new TableFilter(null) : new TableFilter(new Parser(filter).Parse());

    public bool Matches(MemoryRow row) => root is null || Matches(root, row);

    private static bool Matches(Node node, MemoryRow row) => node switch
    {
        And and => Matches(and.Left, row) && Matches(and.Right, row),
        Or or => Matches(or.Left, row) || Matches(or.Right, row),
        Not not => !Matches(not.Of, row),
        Comparison comparison => comparison.Holds(row.Find(comparison.Column)),
        _ => throw new InvalidOperationException(),
    };

    private static IEnumerable<Comparison> Conjunction(Node? node) => node switch
    {
        And and => Conjunction(and.Left).Concat(Conjunction(and.Right)),
        Comparison comparison => [comparison],
        _ => [],
    };

    private abstract record Node;

    private sealed record And(Node Left, Node Right) : Node;

    private sealed record Or(Node Left, Node Right) : Node;

    private sealed record Not(Node Of) : Node;

    private sealed record Comparison(string Column, string Operator, object Value) : Node
    {
        public bool Holds(object? stored)
        {
            int? order = (stored, Value) switch
            {
                (string a, string b) => string.CompareOrdinal(a, b),
                (bool a, bool b) => a.CompareTo(b),
                (Guid a, Guid b) => string.CompareOrdinal(a.ToString(), b.ToString()),
                (DateTimeOffset a, DateTimeOffset b) => a.CompareTo(b),
                (byte[] a, byte[] b) => a.AsSpan().SequenceCompareTo(b),
                (int a, long b) => ((long)a).CompareTo(b),
                (long a, long b) => a.CompareTo(b),
                (int or long or double, long or double) => System.Convert.ToDouble(stored, CultureInfo.InvariantCulture)
                    .CompareTo(System.Convert.ToDouble(Value, CultureInfo.InvariantCulture)),
                _ => null,
            };
            return Operator switch
            {
                "eq" => order == 0,
                "ne" => order is not (null or 0),
                "gt" => order > 0,
                "ge" => order >= 0,
                "lt" => order < 0,
                "le" => order <= 0,
                _ => throw new InvalidOperationException(),
            };
        }
    }

    /// <summary>or &lt; and &lt; not &lt; comparison; literals of every type that tables have.</summary>
    private sealed class Parser(string text)
    {
        private int at;

        public Node Parse()
        {
            var node = ParseOr();
            return string.IsNullOrWhiteSpace(text[at..]) ? node : throw Refused();
        }

        private Node ParseOr()
        {
            var node = ParseAnd();
            while (Takes("or"))
            {
                node = new Or(node, ParseAnd());
            }

            return node;
        }

        private Node ParseAnd()
        {
            var node = ParseNot();
            while (Takes("and"))
            {
                node = new And(node, ParseNot());
            }

            return node;
        }

        private Node ParseNot()
        {
            if (Takes("not"))
            {
                return new Not(ParseNot());
            }

            if (Takes("("))
            {
                var node = ParseOr();
                return Takes(")") ? node : throw Refused();
            }

            var (column, name, value) = (Next(), Next(), ParseLiteral());
            return name is "eq" or "ne" or "gt" or "ge" or "lt" or "le" && column.Length > 0 ? new Comparison(column, name, value) : throw Refused();
        }

        private object ParseLiteral()
        {
            var word = Next();
            if (at < text.Length && text[at] == '\'' && word is "" or "guid" or "datetime" or "X" or "binary")
            {
                var quoted = ParseQuoted();
                return word switch
                {
                    "" => quoted,
                    "guid" => Guid.Parse(quoted),
                    "datetime" => DateTimeOffset.Parse(quoted, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal).ToUniversalTime(),
                    _ => System.Convert.FromHexString(quoted),
                };
            }

            return word switch
            {
                "true" => true,
                "false" => false,
                [.., 'L'] when long.TryParse(word[..^1], CultureInfo.InvariantCulture, out var number) => number,
                _ when long.TryParse(word, CultureInfo.InvariantCulture, out var number) => number,
                _ when double.TryParse(word, CultureInfo.InvariantCulture, out var number) => number,
                _ => throw Refused(),
            };
        }

        /// <summary>A quote inside is doubled.</summary>
        private string ParseQuoted()
        {
            var value = new StringBuilder();
            for (at++; at < text.Length; at++)
            {
                if (text[at] == '\'' && (++at == text.Length || text[at] != '\''))
                {
                    return value.ToString();
                }

                value.Append(text[at]);
            }

            throw Refused();
        }

        private bool Takes(string word)
        {
            var before = at;
            if (Next() == word)
            {
                return true;
            }

            at = before;
            return false;
        }

        /// <summary>A word or a parenthesis; empty at the end and before a quote.</summary>
        private string Next()
        {
            while (at < text.Length && text[at] == ' ')
            {
                at++;
            }

            if (at < text.Length && text[at] is '(' or ')')
            {
                return text[at++].ToString();
            }

            var from = at;
            while (at < text.Length && text[at] is not (' ' or '(' or ')' or '\''))
            {
                at++;
            }

            return text[from..at];
        }

        private static Azure.RequestFailedException Refused() => MemoryRefusal.Invalid("InvalidInput", "The filter cannot be read.");
    }
}
