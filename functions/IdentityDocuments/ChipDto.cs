using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Serverless.Banking;
using Serverless.Banking.IdentityDocuments;
using Serverless.Functions.Http;

namespace Serverless.Functions.IdentityDocuments;

[Description("What the phone has read from the chip of an identity document (ICAO 9303-10).")]
public sealed record ChipDto(
    [property: MaxLength(20_000), Pattern("[A-Za-z0-9+/]+={0,2}"), Description("EF.SOD, base64."), Example("d4IGNDCCBjAGCSqGSIb3DQEHAg==")] string SecurityObject,
    [property: MinLength(1), MaxLength(16), Description("The first is needed; others are held against their hashes too.")] IReadOnlyList<DataGroupDto> DataGroups)
{
    /// <summary>Of a body that carries one.</summary>
    internal const int MaxBytes = 256 * 1024;

    /// <returns>Or <see cref="InvalidInput"/>: not base64, a data group twice.</returns>
    internal Result<ChipData> ToChip(string pointer)
    {
        var input = new Input();
        var sod = Bytes(SecurityObject);
        input.Check(sod is not null, () => new Base64Malformed($"{pointer}/securityObject"));
        var groups = new Dictionary<int, byte[]>();
        for (var i = 0; i < DataGroups.Count; i++)
        {
            var content = Bytes(DataGroups[i].Content);
            var at = $"{pointer}/dataGroups/{i}";
            input.Check(content is not null && groups.TryAdd(DataGroups[i].Number, content), () => content is null ? new Base64Malformed($"{at}/content") : new DataGroupTwice($"{at}/number"));
        }

        return input.Result(() => new ChipData(sod!, groups));
    }

    private static byte[]? Bytes(string text)
    {
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var length) ? bytes[..length] : null;
    }
}

public sealed record DataGroupDto([property: Range(1, 16)] int Number, [property: MaxLength(100_000), Pattern("[A-Za-z0-9+/]+={0,2}"), Description("Base64."), Example("YVtfH1hJREFMQg==")] string Content);

public sealed record Base64Malformed(string Field) : Invalid("base64_malformed", Field);

public sealed record DataGroupTwice(string Field) : Invalid("data_group_twice", Field);
