using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Serverless.Bench;

/// <summary>The rows for people and for programs.</summary>
internal static class Report
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static void Print(IReadOnlyList<Row> rows, TextWriter output)
    {
        string[][] lines =
        [
            ["name", "unit", "value", "compared with", "ratio", "wanted", ""],
            .. rows.Select(row => new[]
            {
                row.Name, row.Unit, Text(row.Value), row.ComparedWith, row.Ratio is { } ratio ? Text(ratio) : "-", Wanted(row), row.IsMissed ? "MISSED" : "",
            }),
        ];
        var widths = Enumerable.Range(0, lines[0].Length).Select(column => lines.Max(line => line[column].Length)).ToArray();
        foreach (var line in lines)
        {
            output.WriteLine(string.Join("  ", line.Select((cell, column) =>
                column is 2 or 4 ? cell.PadLeft(widths[column]) : cell.PadRight(widths[column]))).TrimEnd());
        }
    }

    public static async Task WriteAsync(IReadOnlyList<Row> rows, string file)
    {
        await using var stream = File.Create(file);
        await JsonSerializer.SerializeAsync(stream, rows, Json);
    }

    private static string Wanted(Row row) => row switch
    {
        { AtLeast: { } least } => $">= {Text(least)}",
        { AtMost: { } most } => $"<= {Text(most)}",
        _ => "",
    };

    public static string Text(double value) =>
        value.ToString(value >= 100 || value == Math.Floor(value) ? "0" : value >= 10 ? "0.0" : "0.00", CultureInfo.InvariantCulture);
}
