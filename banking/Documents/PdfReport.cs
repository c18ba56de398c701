using NodaTime;
using Serverless.Banking.Customers;

namespace Serverless.Banking.Documents;

/// <summary>Begins documents in the bank's layout.</summary>
public sealed class PdfReports
{
    private readonly DocumentFonts fonts;
    private readonly DocumentsOptions options;

    internal PdfReports(DocumentFonts fonts, Microsoft.Extensions.Options.IOptions<DocumentsOptions> options) => (this.fonts, this.options) = (fonts, options.Value);

    /// <param name="title">What it is: "Nxjerrje llogarie".</param>
    /// <param name="number">By which people name this document; in the footer of every page.</param>
    /// <param name="madeAt">Stands on the document; a document made again carries the first moment, or its bytes would differ.</param>
    public PdfReport Begin(string title, string number, Instant madeAt, Language language) => new(fonts, options, title, number, madeAt, language);
}

/// <param name="Share">Of the page's width, relative to the other columns.</param>
public sealed record PdfColumn(string Title, double Share, bool IsRight = false);

/// <summary>A document in the bank's layout: letterhead and footer on every page, and what the caller adds in between, from top to bottom.</summary>
/// <remarks>The same content gives the same bytes. Letters that the font lacks are shown as question marks; Albanian, Latin, Greek and Cyrillic ones are there.</remarks>
public sealed class PdfReport
{
    private const double Left = 48;
    private const double Right = PdfPage.Width - 48;
    private const double Top = PdfPage.Height - 96;
    private const double Bottom = 64;
    private const double Body = 8.5;
    private const double Leading = 11.5;

    private readonly PdfFile file;
    private readonly DocumentsOptions options;
    private readonly (string Title, string Number, Instant MadeAt, Language Language) head;
    private PdfPage page;
    private double y;

    internal PdfReport(DocumentFonts fonts, DocumentsOptions options, string title, string number, Instant madeAt, Language language)
    {
        (this.options, head) = (options, (title, number, madeAt, language));
        file = new PdfFile(fonts, $"{title} {number}", language.Code(), madeAt);
        page = NextPage();
        page.Text(title, Left, y, 15, bold: true);
        y -= 26;
    }

    /// <summary>Labels and values below each other.</summary>
    public void Facts(IEnumerable<(string Label, string Value)> facts)
    {
        foreach (var (label, value) in facts)
        {
            var lines = Wrap(value, Right - Left - 150, Body, bold: false);
            Need(lines.Count * Leading);
            page.Text(label, Left, y, Body, gray: 0.4);
            foreach (var line in lines)
            {
                page.Text(line, Left + 150, y, Body);
                y -= Leading;
            }
        }

        y -= Leading;
    }

    public void Heading(string text)
    {
        Need(3 * Leading);
        page.Text(text, Left, y, 10.5, bold: true);
        y -= 1.5 * Leading;
    }

    public void Paragraph(string text)
    {
        foreach (var line in Wrap(text, Right - Left, Body, bold: false))
        {
            Need(Leading);
            page.Text(line, Left, y, Body);
            y -= Leading;
        }

        y -= Leading / 2;
    }

    /// <summary>Its head is repeated on every page; a row is never torn apart.</summary>
    public void Table(IReadOnlyList<PdfColumn> columns, IEnumerable<IReadOnlyList<string>> rows)
    {
        Need(3 * Leading);
        TableHead(columns);
        foreach (var row in rows)
        {
            var cells = columns.Select((column, i) => Wrap(row[i], Width(columns, i) - 6, Body, bold: false)).ToList();
            var height = cells.Max(lines => lines.Count) * Leading;
            if (Need(height + 3))
                TableHead(columns);
            for (var i = 0; i < columns.Count; i++)
            {
                for (var line = 0; line < cells[i].Count; line++)
                    Cell(columns, i, cells[i][line], y - (line * Leading), bold: false);
            }

            y -= height;
            page.Line(Left, Right, y + 7.5, 0.25, 0.8);
            y -= 2;
        }

        y -= Leading;
    }

    public byte[] ToBytes()
    {
        var english = head.Language == Language.English;
        var made = head.MadeAt.InZone(BankTime.Tirane).ToString("dd.MM.uuuu HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture);
        for (var i = 0; i < file.Pages.Count; i++)
        {
            var (at, of) = (i + 1, file.Pages.Count);
            file.Pages[i].Line(Left, Right, 46, 0.5, 0.6);
            file.Pages[i].Text(english ? $"{head.Number} · made {made}" : $"{head.Number} · gjeneruar më {made}", Left, 34, 7, gray: 0.4);
            file.Pages[i].TextRight(english ? $"Page {at} of {of}" : $"Faqja {at} nga {of}", Right, 34, 7, gray: 0.4);
        }

        return file.ToBytes();
    }

    private void TableHead(IReadOnlyList<PdfColumn> columns)
    {
        for (var i = 0; i < columns.Count; i++)
            Cell(columns, i, columns[i].Title, y, bold: true);
        page.Line(Left, Right, y - 4, 0.75, 0.2);
        y -= Leading + 4;
    }

    private void Cell(IReadOnlyList<PdfColumn> columns, int index, string text, double at, bool bold)
    {
        var left = Left + columns.Take(index).Select((_, i) => Width(columns, i)).Sum();
        if (columns[index].IsRight)
            page.TextRight(text, left + Width(columns, index) - 3, at, Body, bold);
        else
            page.Text(text, left, at, Body, bold);
    }

    private static double Width(IReadOnlyList<PdfColumn> columns, int index) => (Right - Left) * columns[index].Share / columns.Sum(column => column.Share);

    /// <returns>Whether a new page was begun, because the rest of this one is too low.</returns>
    private bool Need(double height)
    {
        if (y - height >= Bottom)
            return false;
        page = NextPage();
        return true;
    }

    private PdfPage NextPage()
    {
        var next = file.AddPage();
        next.Text(options.BankName, Left, PdfPage.Height - 52, 12, bold: true);
        next.TextRight(options.BankAddress, Right, PdfPage.Height - 52, 7.5, gray: 0.4);
        next.Line(Left, Right, PdfPage.Height - 60, 1.25, 0.15);
        y = Top;
        return next;
    }

    /// <summary>Lines no wider than the space, broken between words, and within one only where it is wider than a whole line. At least one.</summary>
    private List<string> Wrap(string text, double width, double size, bool bold)
    {
        var lines = new List<string>();
        foreach (var paragraph in text.ReplaceLineEndings("\n").Split('\n'))
        {
            var line = "";
            foreach (var word in paragraph.Split(' '))
            {
                var rest = word;
                var joined = line.Length == 0 ? rest : $"{line} {rest}";
                if (file.Measure(joined, size, bold) <= width)
                {
                    line = joined;
                    continue;
                }

                if (line.Length > 0)
                    lines.Add(line);
                while (rest.Length > 1 && file.Measure(rest, size, bold) > width)
                {
                    var fits = Fit(rest, width, size, bold);
                    lines.Add(rest[..fits]);
                    rest = rest[fits..];
                }

                line = rest;
            }

            lines.Add(line);
        }

        return lines;
    }

    /// <summary>How many characters of a word that is too wide fit; never half of a surrogate pair.</summary>
    private int Fit(string word, double width, double size, bool bold)
    {
        var fits = 1;
        while (fits < word.Length && file.Measure(word[..(fits + 1)], size, bold) <= width)
            fits++;
        return fits > 1 && char.IsHighSurrogate(word[fits - 1]) ? fits - 1 : fits == 1 && char.IsHighSurrogate(word[0]) ? 2 : fits;
    }
}
