using Serverless.Sandbox.Http;

namespace Serverless.Sandbox.Issuer;

/// <summary>Where a page sends the staff to sign in (OpenID Connect, code flow with PKCE): one chooses who one is. No password: whoever reaches the sandbox may be anybody.</summary>
internal static class AuthorizationPage
{
    public static void MapAuthorization(this IEndpointRouteBuilder issuer)
    {
        issuer.MapGet("/authorize", (HttpContext context, People people, AuthorizationCodes codes) =>
        {
            if (Read(context.Request.Query) is not { } asked)
            {
                return Answers.Json(400, new TokenEndpoint.TokenError(
                    "invalid_request", "Give response_type=code, client_id, redirect_uri on this machine, state, code_challenge and code_challenge_method=S256."));
            }

            if (context.Request.Query["staff"].ToString() is { Length: > 0 } staff)
            {
                return people.Staff.Any(member => member.Id == staff)
                    ? Results.Redirect($"{asked.RedirectUri}{(asked.InFragment ? '#' : '?')}code={codes.Give(staff, asked)}&state={Uri.EscapeDataString(asked.State)}")
                    : Answers.Json(400, new TokenEndpoint.TokenError("invalid_request", "The sandbox has no such member of staff."));
            }

            var query = context.Request.QueryString.Value!;
            return Page.Show(context, "Sign in", "", _ => Html.Of($"""
                <h1>Who are you?</h1>
                <p>{asked.ClientId} asks the bank's directory to sign you in.</p>
                <ul>{Html.Join(people.Staff.Select(member => Html.Of($"""<li><a href="/issuer/authorize{query}&amp;staff={member.Id}">{member.Name}</a> ({string.Join(", ", member.Roles)})</li>""")))}</ul>
                """));
        });
    }

    private static AuthorizationRequest? Read(IQueryCollection query)
    {
        var (client, redirect, state, challenge) = ($"{query["client_id"]}", $"{query["redirect_uri"]}", $"{query["state"]}", $"{query["code_challenge"]}");
        return query["response_type"] == "code" && query["code_challenge_method"] == "S256" && client.Length is > 0 and <= 100 && state.Length is > 0 and <= 500 && challenge.Length == 43
            && Uri.TryCreate(redirect, UriKind.Absolute, out var address) && address.IsLoopback && address.Query.Length + address.Fragment.Length == 0 && (address.Scheme == Uri.UriSchemeHttp || address.Scheme == Uri.UriSchemeHttps)
                ? new AuthorizationRequest(client, redirect, state, challenge, query["response_mode"] == "fragment")
                : null;
    }
}
