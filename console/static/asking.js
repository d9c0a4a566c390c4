// Asks the console's API; what is wrong is shown where everything else is.

async function answer(response) {
  const body = await response.json();
  if (!response.ok) throw new Error(body.error ?? `The console answered ${response.status}.`);
  return body;
}

export async function ask(path) {
  return answer(await fetch(path));
}

export async function tell(path, body) {
  try {
    return await answer(await fetch(path, { method: "POST", body: JSON.stringify(body) }));
  } catch (wrong) {
    const notice = document.querySelector("#notice");
    notice.textContent = wrong.message;
    notice.hidden = false;
    throw wrong;
  }
}
