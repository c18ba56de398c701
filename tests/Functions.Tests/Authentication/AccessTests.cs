using Serverless.Banking.Sessions;
using Serverless.Functions.Tests.Http;

namespace Serverless.Functions.Tests.Authentication;

public sealed class AccessTests(KitHost kit) : IClassFixture<KitHost>
{
    public static TheoryData<string, string, string> Matrix
    {
        get
        {
            string[] routes = ["kit/refusals/fine", "kit/info", "kit/payment", "kit/branch", "kit/undeclared"];
            (string Caller, string[] Answers)[] rows =
            [
                ("nobody", ["200 fine", "401 token_missing", "401 token_missing", "401 token_missing", "403 access_undeclared"]),
                ("payer", ["200 fine", "200 100000001", "200 100000001", "403 staff_only", "403 access_undeclared"]),
                ("reader", ["200 fine", "200 100000001", "403 payment_right_missing", "403 staff_only", "403 access_undeclared"]),
                ("smart payer", ["200 fine", "403 scope_required", "403 scope_required", "403 staff_only", "403 access_undeclared"]),
                ("branch", ["200 fine", "403 customers_only", "403 customers_only", "200 teller-1", "403 access_undeclared"]),
                ("ledger", ["200 fine", "403 customers_only", "403 customers_only", "403 role_missing", "403 access_undeclared"]),
            ];
            var data = new TheoryData<string, string, string>();
            foreach (var (caller, answers) in rows)
            {
                for (var i = 0; i < routes.Length; i++)
                    data.Add(caller, routes[i], answers[i]);
            }

            return data;
        }
    }

    [Theory, MemberData(nameof(Matrix))]
    public async Task Every_caller_gets_in_where_the_function_says_so(string caller, string route, string expected)
    {
        var token = caller switch
        {
            "payer" => await kit.CustomerAsync(),
            "reader" => await kit.CustomerAsync("info"),
            "smart payer" => await kit.CustomerAsync(scope: SessionScope.SmartPay),
            "branch" => kit.Issuer.Staff(kit.Now, "branch"),
            "ledger" => kit.Issuer.Staff(kit.Now, "ledger"),
            _ => null,
        };

        var answer = await kit.GetAsync(route, token);

        Assert.Equal(expected, answer.ToString());
    }

    [Fact]
    public async Task A_missing_token_is_asked_for()
    {
        var answer = await kit.GetAsync("kit/info");

        Assert.Equal("Bearer", answer.Headers.WwwAuthenticate.ToString());
    }

    [Fact]
    public async Task A_bad_token_is_named_as_the_reason()
    {
        var answer = await kit.GetAsync("kit/info", "nonsense");

        Assert.Equal("401 token_invalid", answer.ToString());
        Assert.Equal("Bearer error=\"invalid_token\", error_description=\"token_invalid\"", answer.Headers.WwwAuthenticate.ToString());
    }

    [Fact]
    public async Task A_function_that_reads_a_caller_it_does_not_declare_is_a_bug() =>
        Assert.Equal("500 internal_error", (await kit.GetAsync("kit/confused", kit.Issuer.Staff(kit.Now, "branch"))).ToString());
}
