using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Serverless.Banking.Devices;
using Serverless.Functions.Http;

namespace Serverless.Functions.Devices;

[Description("A nonce of the bank, signed by the installation.")]
public sealed record DeviceProofDto(
    [property: MaxLength(DeviceChallenges.NonceLengthAtMost), Description("As the bank gave it.")] string Nonce,
    [property: Pattern("[A-Za-z0-9_-]{86}"), Description("ES256 over the UTF-8 of the nonce: r and s, base64url without padding."), Example("DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q")] string Signature)
{
    internal DeviceProof Of(InstallationId installation) => new(installation, Nonce, Signature);
}
