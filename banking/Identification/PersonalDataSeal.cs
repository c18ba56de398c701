using System.Text;
using Microsoft.Extensions.Options;
using Serverless.Banking.Quotes;
using Serverless.Banking.Storage;

namespace Serverless.Banking.Identification;

/// <summary>Personal data at rest: only the bank can read or make it, bound to where it lies.</summary>
internal sealed class PersonalDataSeal(IOptions<IdentificationOptions> options)
{
    private readonly Lazy<byte[][]> keys = new(() => [.. options.Value.OldKeys.Prepend(options.Value.Key).Select(Convert.FromBase64String)]);

    /// <param name="place">Table and row, or the blob's name: sealed data that is moved elsewhere cannot be opened.</param>
    public string Seal<T>(string place, T value) => Convert.ToBase64String(SealBytes(place, Encoding.UTF8.GetBytes(StoredJson.Write(value))));

    public T Open<T>(string place, string text) => StoredJson.Read<T>(Encoding.UTF8.GetString(OpenBytes(place, Convert.FromBase64String(text))));

    public byte[] SealBytes(string place, ReadOnlySpan<byte> plain) => SealedBytes.Seal(keys.Value[0], place, plain);

    /// <exception cref="InvalidOperationException">None of the keys sealed exactly this for the place: a key is missing, or somebody has moved or altered it.</exception>
    public byte[] OpenBytes(string place, ReadOnlySpan<byte> bytes) =>
        SealedBytes.Open(keys.Value, place, bytes) ?? throw new InvalidOperationException("Personal data cannot be opened with the present keys.");
}
