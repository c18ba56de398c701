using System.Text.Json.Serialization;
using Serverless.Sandbox.Http;
using Serverless.Sandbox.Knobs;

namespace Serverless.Sandbox.Issuer;

internal static class IssuerEndpoints
{
    public static void AddIssuer(this IServiceCollection services)
    {
        services.AddSingleton<People>();
        services.AddSingleton<IssuerAddress>();
        services.AddSingleton(provider => new SigningKey(provider.GetRequiredService<IConfiguration>()["Issuer:KeyFile"]));
        services.AddSingleton<TokenMint>();
        services.AddSingleton<AuthorizationCodes>();
    }

    public static void MapIssuer(this IEndpointRouteBuilder app)
    {
        // An unusable key file stops the start, not the first customer.
        app.ServiceProvider.GetRequiredService<SigningKey>();
        var party = app.ServiceProvider.GetRequiredService<Parties>().Add("issuer", "Token issuer", PartyKind.Issuer);
        var issuer = app.MapGroup("/issuer");
        issuer.AddEndpointFilter((context, next) =>
        {
            context.HttpContext.Features.Set(party);
            return next(context);
        });
        issuer = issuer.MapContract(needsKey: false);
        issuer.MapGet("/.well-known/openid-configuration", (HttpContext context, IssuerAddress address) =>
        {
            // A page that signs people in is another origin.
            context.Response.Headers.AccessControlAllowOrigin = "*";
            return Answers.Json(200, Discovery.Of(address.Url));
        });
        issuer.MapGet("/jwks", (SigningKey key) => Answers.Json(200, new KeySet([new Key("EC", "P-256", key.X, key.Y, key.KeyId, "sig", "ES256")])));
        issuer.MapToken();
        issuer.MapAuthorization();
    }

    internal sealed record Discovery(
        [property: JsonPropertyName("issuer")] string Issuer,
        [property: JsonPropertyName("jwks_uri")] string JwksUri,
        [property: JsonPropertyName("token_endpoint")] string TokenEndpoint,
        [property: JsonPropertyName("authorization_endpoint")] string AuthorizationEndpoint,
        [property: JsonPropertyName("id_token_signing_alg_values_supported")] IReadOnlyList<string> Algorithms)
    {
        public static Discovery Of(string issuer) => new(issuer, $"{issuer}/jwks", $"{issuer}/token", $"{issuer}/authorize", ["ES256"]);
    }

    internal sealed record KeySet(IReadOnlyList<Key> Keys);

    internal sealed record Key(string Kty, string Crv, string X, string Y, string Kid, string Use, string Alg);
}
