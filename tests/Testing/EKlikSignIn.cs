namespace Serverless.Testing;

/// <summary>Customers who come through eKlik, in the short way.</summary>
public static class EKlikSignIn
{
    /// <summary>A client that calls as a user of eKlik of this customer, and confirms what has to be confirmed.</summary>
    /// <param name="number">Nine digits; the customer has a phone on file.</param>
    /// <param name="kind"><c>payment</c> or <c>info</c>.</param>
    public static async Task<HttpClient> EKlikAsync(this HttpBank bank, string number, string kind = "payment") =>
        bank.Client((await bank.SignIn.RunAsync(new SignInWish(number, kind, User: $"{kind}.{number}"))).Token);
}
