namespace Serverless.Banking.IdentityDocuments;

/// <summary>What a phone has read from the chip of an identity document (ICAO 9303-10), byte by byte.</summary>
/// <param name="SecurityObject">EF.SOD: the signed hashes of the data groups.</param>
/// <param name="DataGroups">By number, 1 to 16; the first is needed.</param>
public sealed record ChipData(byte[] SecurityObject, IReadOnlyDictionary<int, byte[]> DataGroups)
{
    /// <summary>Says nothing, so that no log line does.</summary>
    public override string ToString() => nameof(ChipData);
}
