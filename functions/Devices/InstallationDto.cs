using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Serverless.Banking;
using Serverless.Banking.Devices;
using Serverless.Functions.Http;

namespace Serverless.Functions.Devices;

/// <summary>What every login says about the phone or browser that it comes from.</summary>
[Description("The installation of the app, or the browser, that signs in.")]
public sealed record InstallationDto(
    [property: Pattern(InstallationId.Pattern), Description("Made by the app when it is installed."), Example("3f1c2a9e-7b8d-4c5e-9f10-2a3b4c5d6e7f")] string Id,
    [property: MaxLength(Installation.NameAtMost), Description("As its owner calls the phone."), Example("Telefoni i Artës")] string Name,
    InstallationType Type,
    [property: Description("Of the key pair that the app has made in the phone's secure hardware; a browser has none.")] PublicKeyDto? PublicKey = null)
{
    /// <returns>Or <see cref="PublicKeyInvalid"/>: no point of the curve, or missing where there must be one.</returns>
    internal Result<Installation> ToInstallation(string pointer)
    {
        var key = PublicKey?.Find();
        return key is null && (PublicKey is not null || Type != InstallationType.Web)
            ? new InvalidInput([new PublicKeyInvalid($"{pointer}/publicKey")])
            : new Installation(InstallationId.Of(Id), Name, Type, Type == InstallationType.Web ? null : key?.Jwk);
    }
}

[Description("The public part of a P-256 key (RFC 7517).")]
public sealed record PublicKeyDto(
    [property: Pattern("EC"), Example("EC")] string Kty,
    [property: Pattern("P-256"), Example("P-256")] string Crv,
    [property: Pattern("[A-Za-z0-9_-]{43}"), Example("f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU")] string X,
    [property: Pattern("[A-Za-z0-9_-]{43}"), Example("x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0")] string Y)
{
    /// <summary>Null when it is no point of the curve.</summary>
    internal DeviceKey? Find() => DeviceKey.Find(X, Y);
}
