/** What a browser gets from Daytona outside of the API, and a client whose base URL is wrong. */
export const DASHBOARD_PAGE =
  '<!doctype html>\n<html lang="en"><head><title>Daytona</title></head><body><div id="root"></div></body></html>\n';

export const LOGIN_PAGE =
  '<!doctype html>\n<html lang="en"><head><title>Log in</title></head><body><form method="post" action="/login"><input name="user"><input name="password" type="password"></form></body></html>\n';
