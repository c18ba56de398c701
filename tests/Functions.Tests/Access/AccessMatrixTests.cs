using System.Collections.Concurrent;
using Serverless.Functions.Http;
using Serverless.Functions.Tests.Http;

namespace Serverless.Functions.Tests.Access;

/// <summary>Every operation of the served document against everybody who may knock; what to expect follows from the operation's declared access.</summary>
public sealed class AccessMatrixTests(AccessScene scene) : IClassFixture<AccessScene>
{
    /// <summary>What those are told who may not call at all, as opposed to not like this.</summary>
    private static readonly string[] Refusals =
    [
        "token_missing", "token_invalid", "token_expired", "customers_only", "staff_only", "role_missing", "payment_right_missing", "access_undeclared",
        "scope_required", "channel_blocked",
    ];

    [Fact]
    public void Every_operation_says_who_may_call_it() => Assert.DoesNotContain(
        scene.Operations, it => it.Right is not ("public" or "partner" or "info" or "payment" or "staff") || (it.Right != "staff" && it.Roles.Count > 0));

    [Fact]
    public void A_function_without_a_declaration_would_be_found()
    {
        var method = typeof(KitFunctions).GetMethods().Single(it => it.Name == nameof(KitFunctions.Undeclared));

        Assert.Null(new FunctionDeclaration("Kit_Undeclared", method, "kit/undeclared", ["GET"], Microsoft.Azure.Functions.Worker.AuthorizationLevel.Anonymous).Access);
    }

    [Fact]
    public async Task A_bad_token_opens_nothing()
    {
        var tokens = await scene.Identities.StrangersAsync();

        await NothingWrongAsync(scene.Operations.SelectMany(_ => tokens, (operation, it) => (operation, it)), async pair =>
        {
            var answer = await KnockAsync(pair.operation, pair.it.Client);
            return pair.operation.Right is "public" or "partner" ? Admitted(pair.operation, answer, pair.it.Who) : Expected(pair.it.Told, pair.operation, answer, pair.it.Who);
        });
    }

    [Fact]
    public async Task A_session_that_is_over_opens_nothing_and_says_why()
    {
        var ended = await scene.Identities.EndedAsync();

        await NothingWrongAsync(scene.Operations.Where(it => it.Right is not ("public" or "partner")).SelectMany(_ => ended, (operation, it) => (operation, it)), async pair =>
        {
            var answer = await KnockAsync(pair.operation, pair.it.Client);
            return pair.operation.AlsoEnded ? Admitted(pair.operation, answer, pair.it.Who) : Expected(pair.it.Told, pair.operation, answer, pair.it.Who);
        });
    }

    [Fact]
    public async Task Who_may_look_only_orders_nothing_and_customers_are_no_staff()
    {
        var reader = await scene.Identities.ReaderAsync();

        await NothingWrongAsync(scene.Operations, async operation =>
            (operation.Right, await KnockAsync(operation, scene.Resources.Ending.ContainsKey(operation.Id) ? await scene.Identities.ReaderAsync() : reader)) switch
            {
                ("payment", var answer) => Expected("403 payment_right_missing", operation, answer, "reader"),
                ("staff", var answer) => Expected("403 staff_only", operation, answer, "reader"),
                (_, var answer) => Admitted(operation, answer, "reader"),
            });
    }

    [Fact]
    public async Task A_session_of_the_quick_payment_menu_does_what_is_declared_for_it_and_nothing_else()
    {
        var quick = await scene.Identities.SmartPayAsync();

        await NothingWrongAsync(scene.Operations.Where(it => it.IsCustomers), async operation =>
        {
            var answer = await KnockAsync(operation, scene.Resources.Ending.ContainsKey(operation.Id) ? await scene.Identities.SmartPayAsync() : quick);
            return operation.Scope == "smart_pay" ? Admitted(operation, answer, "quick payment") : Expected("403 scope_required", operation, answer, "quick payment");
        });
    }

    [Fact]
    public async Task Staff_do_what_their_role_is_for_and_nothing_of_customers()
    {
        List<(string Role, HttpClient Client)> staff = [];
        foreach (var role in IdentityKit.Roles(scene.Operations))
            staff.Add((role, await scene.Identities.StaffAsync(role)));

        await NothingWrongAsync(scene.Operations.SelectMany(_ => staff, (operation, it) => (operation, it)), async pair =>
        {
            var (operation, (role, client)) = pair;
            var answer = await KnockAsync(operation, client);
            return operation.Right switch
            {
                "info" or "payment" => Expected("403 customers_only", operation, answer, role),
                "staff" when operation.Roles.Count > 0 && !operation.Roles.Contains(role) => Expected("403 role_missing", operation, answer, role),
                _ => Admitted(operation, answer, role),
            };
        });
    }

    /// <summary>
    /// For every id that a customer's operation takes: with everything else their own, a stranger is told of the owner's thing exactly what they are told of one
    /// that nobody has; and the owner is told something else, or the first half would prove nothing.
    /// </summary>
    [Fact]
    public async Task A_stranger_is_told_of_somebodys_things_what_they_are_told_of_things_that_are_not_there()
    {
        var complaints = new List<string>();
        var refused = new Dictionary<string, List<string>>();
        var templates = scene.Operations.Where(it => it.IsCustomers).Select(scene.Resources.TemplateOf).Where(it => it.Slots.Count > 0).ToList();
        foreach (var template in templates)
        {
            for (var slot = 0; slot < template.Slots.Count; slot++)
            {
                var (owners, nobodys) = (scene.Owner.Owns[template.Slots[slot]], CallTemplate.Unknown(scene.Owner.Owns[template.Slots[slot]]));
                var (theirs, none) = (await StrangerAsync(template, slot, owners), await StrangerAsync(template, slot, nobodys));
                var where = $"{template.Operation} {template.Slots[slot]}";
                if (theirs.Status < 400 && !scene.Resources.Indifferent.ContainsKey(template.Operation.Id))
                    complaints.Add($"{where}: the stranger is let in: {theirs}");
                if (Plain(theirs, owners) is var told && told != Plain(none, nobodys))
                    complaints.Add($"{where}: the stranger can tell:\n  {Plain(theirs, owners)}\n  {Plain(none, nobodys)}");
                (refused.TryGetValue(template.Operation.Id, out var all) ? all : refused[template.Operation.Id] = []).Add(theirs.ToString());
            }
        }

        foreach (var template in templates.Where(it => !scene.Resources.Ending.ContainsKey(it.Operation.Id)).OrderBy(it => Array.IndexOf(["GET", "PUT", "PATCH", "POST", "DELETE"], it.Operation.Method)))
        {
            var answer = await template.SendAsync(scene.Owner.Client, (_, kind) => scene.Owner.Owns[kind], scene.Owner.Owns);
            if (Admitted(template.Operation, answer, "owner") is { } complaint)
                complaints.Add(complaint);
            if (refused[template.Operation.Id].Contains(answer.ToString()) != scene.Resources.Silent.ContainsKey(template.Operation.Id))
                complaints.Add($"{template.Operation}: the owner is told {answer}");
        }

        Assert.True(complaints.Count == 0, string.Join('\n', complaints));
    }

    private Task<Answer> StrangerAsync(CallTemplate template, int slot, string value) => template.SendAsync(
        scene.Stranger.Client, (place, kind) => place == slot ? value : scene.Stranger.Owns[kind], scene.Stranger.Owns);

    /// <summary>Calls with ids that nobody has, so that whoever is let in changes little.</summary>
    private Task<Answer> KnockAsync(ApiOperation operation, HttpClient client) => scene.Resources.TemplateOf(operation).SendAsync(
        client, (_, kind) => scene.Resources.Unowned.TryGetValue(kind, out var value) ? value : CallTemplate.Unknown(scene.Owner.Owns[kind]), scene.Stranger.Owns);

    private static string Plain(Answer answer, string id)
    {
        if (answer.Code is null)
            return $"{answer.Status} {answer.Text}".Replace(id, "...", StringComparison.Ordinal);
        var problem = answer.Json.AsObject();
        problem.Remove("traceId");
        problem.Remove("instance");

        // Of the caller's own secret: it goes down with every try, whatever the id.
        problem.Remove("attemptsLeft");
        if (problem["code"]?.GetValue<string>() == "wrong_password")
            problem.Remove("detail");
        return $"{answer.Status} {string.Join(", ", answer.Headers.Select(it => it.Key).Order(StringComparer.Ordinal))} {problem.ToJsonString()}".Replace(id, "...", StringComparison.Ordinal);
    }

    private static string? Expected(string expected, ApiOperation operation, Answer answer, string who) =>
        $"{answer.Status} {answer.Code}" == expected ? null : $"{operation} by {who}: {answer} instead of {expected}";

    private static string? Admitted(ApiOperation operation, Answer answer, string who) =>
        answer.Code is { } code && Refusals.Contains(code) ? $"{operation} by {who}: {answer}"
        : operation.Complaint(answer) is { } complaint && answer.Code is not "route_not_found" ? $"{operation} by {who}: {complaint}: {answer}"
        : answer.Status is >= 500 and not 503 ? $"{operation} by {who}: {answer}"
        : null;

    private static async Task NothingWrongAsync<T>(IEnumerable<T> all, Func<T, Task<string?>> complain)
    {
        var complaints = new ConcurrentQueue<string>();
        await Parallel.ForEachAsync(all, new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (it, _) =>
        {
            if (await complain(it) is { } complaint)
                complaints.Enqueue(complaint);
        });
        Assert.True(complaints.IsEmpty, string.Join('\n', complaints.Order(StringComparer.Ordinal)));
    }
}
