using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace Serverless.Sandbox.Http;

/// <summary>Markup in which every value has been escaped, because there is no other way to put one in.</summary>
internal sealed record Html
{
    private Html(string markup) => Markup = markup;

    public static Html Empty { get; } = new("");

    public string Markup { get; }

    /// <summary>The literal parts are markup, the values are text; values that are <see cref="Html"/> already stay as they are.</summary>
    public static Html Of(ref Template template) => new(template.ToString());

    public static Html Join(IEnumerable<Html> parts) => new(string.Concat(parts.Select(part => part.Markup)));

    [InterpolatedStringHandler]
    public readonly ref struct Template
    {
        // Letters of every language stay readable in the page's source; what HTML gives a meaning is always escaped.
        private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);
        private readonly StringBuilder markup;

        public Template(int literalLength, int formattedCount) => markup = new StringBuilder(literalLength + (formattedCount * 16));

        public void AppendLiteral(string literal) => markup.Append(literal);

        public void AppendFormatted(Html html) => markup.Append(html.Markup);

        public void AppendFormatted(string? text) => markup.Append(Encoder.Encode(text ?? ""));

        public void AppendFormatted<T>(T value)
            where T : struct, IFormattable => AppendFormatted(value.ToString(null, CultureInfo.InvariantCulture));

        public void AppendFormatted<T>(T value, string format)
            where T : struct, IFormattable => AppendFormatted(value.ToString(format, CultureInfo.InvariantCulture));

        public override string ToString() => markup.ToString();
    }
}
