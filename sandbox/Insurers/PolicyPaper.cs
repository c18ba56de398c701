using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Serverless.Sandbox.Insurers;

/// <summary>A policy's document: one page of plain PDF (ISO 32000), the same bytes every time.</summary>
internal static class PolicyPaper
{
    public static string HashOf(byte[] paper) => Convert.ToHexStringLower(SHA256.HashData(paper));

    public static byte[] Of(Insurer insurer, Order order)
    {
        string[] lines =
        [
            insurer.Name, $"Policy {order.Number}", order.Kind.Replace('_', ' '),
            $"{order.Start.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)} - {order.End.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}",
        ];
        var content = $"BT /F1 14 Tf 60 780 Td 20 TL {string.Concat(lines.Select(line => $"({line}) Tj T* "))}ET";
        string[] objects =
        [
            "<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]/Count 1>>",
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
            $"<</Length {content.Length}>>stream\n{content}\nendstream", "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        ];
        var pdf = new StringBuilder("%PDF-1.4\n");
        var places = new List<int>();
        for (var i = 0; i < objects.Length; i++)
        {
            places.Add(pdf.Length);
            pdf.Append(CultureInfo.InvariantCulture, $"{i + 1} 0 obj\n{objects[i]}\nendobj\n");
        }

        var table = pdf.Length;
        pdf.Append(CultureInfo.InvariantCulture, $"xref\n0 {objects.Length + 1}\n0000000000 65535 f \n");
        foreach (var place in places)
            pdf.Append(CultureInfo.InvariantCulture, $"{place:D10} 00000 n \n");
        pdf.Append(CultureInfo.InvariantCulture, $"trailer<</Size {objects.Length + 1}/Root 1 0 R>>\nstartxref\n{table}\n%%EOF\n");
        return Encoding.ASCII.GetBytes(pdf.ToString());
    }
}
